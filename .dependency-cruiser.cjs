/** Who may import whom: the rooms of CONTRIBUTING.md, as errors. */
const rest = '^(app|components|lib|modules|scripts|supabase|tests)/';

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment:
        'Two files that import each other are one file in two places. Types and lazy parts may point back.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'app-composes',
      severity: 'error',
      comment: 'Routes call modules, components and lib; nothing else.',
      from: { path: '^app/' },
      to: { path: rest, pathNot: '^(app|modules|components|lib)/' },
    },
    {
      name: 'modules-by-their-front-door',
      severity: 'error',
      comment:
        'Of another module only schema, answers, queries, service and domain, the words of the gate’s reasons, and the components it shares.',
      from: { path: '^modules/([^/]+)/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '^modules/([^/]+)/',
        pathNot: [
          '^modules/$1/',
          '^modules/[^/]+/(schema|answers|queries|service|domain|reasons)\\.ts$',
          '^modules/records/',
          // pure through and through: every channel asks the same gate
          '^modules/gate/',
          // what a person reads is written in one way
          '^modules/(sending/compose|campaigns/(render|template))\\.ts$',
        ],
      },
    },
    {
      name: 'modules-stand-on-components-and-lib',
      severity: 'error',
      from: { path: '^modules/', pathNot: '\\.test\\.tsx?$' },
      to: { path: rest, pathNot: '^(modules|components|lib)/' },
    },
    {
      name: 'components-know-no-domain',
      severity: 'error',
      comment:
        'Pieces shared by modules import one another, and of lib what only words, formats and tells the tiers apart.',
      from: { path: '^components/' },
      to: { path: rest, pathNot: ['^components/', '^lib/(utils|format|format-phone|tiers)\\.ts$'] },
    },
    {
      name: 'lib-stands-alone',
      severity: 'error',
      from: { path: '^lib/', pathNot: '\\.test\\.tsx?$' },
      to: { path: rest, pathNot: '^lib/' },
    },
    {
      name: 'service-role-is-handed-in',
      severity: 'error',
      comment: 'The service role passes every policy: only the wrappers of lib/http may make a client of it.',
      from: { pathNot: '^lib/http/' },
      to: { path: '^lib/supabase/admin\\.ts$' },
    },
    {
      name: 'next-stays-out-of-lib',
      severity: 'error',
      comment: 'Only the wrappers and the cookie client know the framework.',
      from: { path: '^lib/', pathNot: '^lib/(http|supabase)/' },
      to: { path: 'node_modules/next/' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { pathNot: '^(tests|scripts)/|\\.test\\.tsx?$|^(vitest|playwright)\\.config\\.ts$' },
      to: { path: '^tests/' },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)\\.next' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['react-server', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
