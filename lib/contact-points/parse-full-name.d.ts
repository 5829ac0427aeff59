declare module 'parse-full-name' {
  type ParsedName = {
    title: string;
    first: string;
    middle: string;
    last: string;
    nick: string;
    suffix: string;
    error: string[];
  };
  export function parseFullName(
    name: string,
    part: 'all',
    fixCase: -1 | 0 | 1,
    stopOnError: 0 | 1,
    useLongLists: -1 | 0 | 1,
  ): ParsedName;
}
