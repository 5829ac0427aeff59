/** What a target field holds; the mapping page shows it, and columns are recognised by it. */
export type FieldType =
  | 'text'
  | 'name'
  | 'email'
  | 'phone'
  | 'linkedin'
  | 'website'
  | 'place'
  | 'number'
  | 'date'
  | 'tags'
  | 'json'
  | 'details';

export type FieldGroup =
  | 'Person'
  | 'Organization'
  | 'Property'
  | 'Owner'
  | 'Manager'
  | 'Trustee'
  | 'Special servicer';

/** Something that a column may feed. */
export type TargetField = {
  /** Stable: workspaces keep it in their templates. */
  key: string;
  label: string;
  group: FieldGroup;
  type: FieldType;
  /** Whether several columns may feed it. */
  multiple: boolean;
  /** Headers that mean this field, in any case and punctuation. */
  synonyms: string[];
};

/** A target field; e-mails, phones, tags and details take several columns unless said otherwise. */
export const field = (
  group: FieldGroup,
  key: string,
  label: string,
  type: FieldType,
  synonyms: string[] = [],
  multiple = type === 'email' || type === 'phone' || type === 'tags' || type === 'json' || type === 'details',
): TargetField => ({ key, label, group, type, multiple, synonyms });

export const personFields: TargetField[] = [
  field('Person', 'person.name', 'Full name', 'name', [
    'owner name',
    'owner',
    'owner full name',
    'landlord',
    'property owner',
    'name',
    'full name',
    'contact name',
    'contact',
    'person',
    'display name',
    'attendee name',
    'lead name',
    'principal',
    'primary contact',
  ]),
  field('Person', 'person.first_name', 'First name', 'name', [
    'owner first name',
    'first name',
    'firstname',
    'first',
    'given name',
    'fname',
    'forename',
    'contact first name',
  ]),
  field('Person', 'person.last_name', 'Last name', 'name', [
    'owner last name',
    'last name',
    'lastname',
    'last',
    'surname',
    'family name',
    'lname',
    'contact last name',
  ]),
  field('Person', 'person.title', 'Title', 'text', [
    'title',
    'job title',
    'position',
    'contact title position',
    'contact title',
    'job',
    'title position',
    'designation',
  ]),
  field('Person', 'person.email', 'E-mail', 'email', [
    'owner email',
    'email',
    'e mail',
    'email address',
    'mail',
    'primary email',
    'work email',
    'personal email',
    'personal email address',
    'secondary email',
    'contact email',
    'email 1',
    'email 2',
    'alternate email',
    'other email',
  ]),
  field('Person', 'person.phone', 'Phone', 'phone', [
    'owner phone',
    'owner phone number',
    'phone',
    'phone number',
    'telephone',
    'mobile',
    'mobile phone',
    'cell',
    'cell phone',
    'work phone',
    'home phone',
    'direct phone',
    'tel',
    'contact phone',
    'phone 1',
    'phone 2',
    'primary phone',
    'mobile number',
    'contact number',
  ]),
  field(
    'Person',
    'person.linkedin',
    'LinkedIn profile',
    'linkedin',
    ['linkedin', 'linkedin url', 'linkedin profile', 'linkedin profile url', 'person linkedin url', 'li url'],
    true,
  ),
  field('Person', 'person.role', 'Role (developer, investor, fund) or title', 'text', [
    'role',
    'contact type',
    'type',
    'lead type',
    'contact role',
  ]),
  field('Person', 'person.source', 'Source', 'text', ['source', 'lead source', 'list', 'origin']),
  field('Person', 'person.lead_status', 'Lead status (warm or hot)', 'text', [
    'lead status',
    'status',
    'temperature',
  ]),
  field('Person', 'person.location', 'Location on one line', 'place', [
    'location',
    'city state',
    'based in',
    'geo',
    'area',
  ]),
  field('Person', 'person.city', 'City', 'place', [
    'person city',
    'contact city',
    'home city',
    'billing city',
  ]),
  field('Person', 'person.state', 'State', 'place', [
    'person state',
    'contact state',
    'home state',
    'billing state',
    'billing state province',
  ]),
  field('Person', 'person.tags', 'Tags', 'tags', ['tags', 'tag', 'labels', 'person tags']),
  field('Person', 'person.details_json', 'Details as JSON', 'json', [
    'details',
    'extras',
    'metadata',
    'custom fields',
  ]),
  field('Person', 'person.details', 'Keep as a detail of the person', 'details'),
];

export const organizationFields: TargetField[] = [
  field('Organization', 'organization.name', 'Organization', 'text', [
    'owner company',
    'ownership entity',
    'owner entity',
    'llc',
    'organization',
    'organisation',
    'company',
    'company name',
    'firm',
    'firm name',
    'organization name',
    'business',
    'business name',
    'account',
    'account name',
    'employer',
    'entity',
    'entity name',
  ]),
  field('Organization', 'organization.kind', 'Kind of organization', 'text', [
    'organization kind',
    'company type',
    'firm type',
    'organization type',
  ]),
  field('Organization', 'organization.category', 'Category', 'text', ['category']),
  field('Organization', 'organization.website', 'Website', 'website', [
    'website',
    'company website',
    'web site',
    'url',
    'web',
    'homepage',
    'company url',
    'domain',
    'company domain',
  ]),
  field('Organization', 'organization.email', 'Organization e-mail', 'email', [
    'company email',
    'company email address',
    'organization email',
    'firm email',
    'general email',
    'office email',
  ]),
  field('Organization', 'organization.phone', 'Organization phone', 'phone', [
    'company phone',
    'company phone number',
    'organization phone',
    'firm phone',
    'office phone',
    'main phone',
    'main number',
    'hq phone',
  ]),
  field('Organization', 'organization.address', 'Organization address', 'place', [
    'company street address',
    'company address',
    'organization address',
    'firm address',
    'street address',
    'mailing address',
    'office address',
  ]),
  field('Organization', 'organization.city', 'Organization city', 'place', [
    'company city',
    'organization city',
    'firm city',
    'mailing city',
  ]),
  field('Organization', 'organization.state', 'Organization state', 'place', [
    'company state',
    'organization state',
    'state province',
    'province',
    'mailing state',
  ]),
  field('Organization', 'organization.zip', 'Organization ZIP', 'place', [
    'company zip',
    'organization zip',
    'postal zip code',
    'postal code',
    'mailing zip',
  ]),
  field('Organization', 'organization.country', 'Organization country', 'place', [
    'country',
    'company country',
    'organization country',
  ]),
  field('Organization', 'organization.aum', 'Assets under management', 'text', [
    'aum',
    'assets under management',
    'fund size',
  ]),
  field('Organization', 'organization.year_founded', 'Year founded', 'text', [
    'year founded',
    'founded',
    'founded in',
    'year established',
  ]),
  field('Organization', 'organization.investment_prefs', 'Investment preferences', 'text', [
    'company s areas of investments interest',
    'areas of investment',
    'investment preferences',
    'investment interests',
    'investment focus',
    'investment prefs',
  ]),
  field('Organization', 'organization.about', 'About', 'text', [
    'about company',
    'about',
    'company description',
    'description',
    'company overview',
  ]),
  field('Organization', 'organization.industry', 'Industry', 'text', ['industry', 'sector']),
  field('Organization', 'organization.tags', 'Organization tags', 'tags', [
    'company tags',
    'organization tags',
  ]),
  field('Organization', 'organization.details', 'Keep as a detail of the organization', 'details'),
];

export const propertyFields: TargetField[] = [
  field('Property', 'property.name', 'Property name', 'text', [
    'property name',
    'property',
    'building',
    'building name',
    'project',
    'project name',
    'development',
  ]),
  field('Property', 'property.address', 'Property address', 'place', [
    'address',
    'property address',
    'site address',
    'situs address',
    'street',
  ]),
  field('Property', 'property.city', 'Property city', 'place', ['city', 'property city', 'town']),
  field('Property', 'property.county', 'County', 'place', ['county', 'property county', 'parish']),
  field('Property', 'property.state', 'Property state', 'place', ['state', 'property state', 'st']),
  field('Property', 'property.zip', 'Property ZIP', 'place', [
    'zip',
    'zip code',
    'zipcode',
    'property zip',
    'postcode',
  ]),
  field('Property', 'property.market', 'Market', 'text', ['market', 'msa', 'metro']),
  field('Property', 'property.submarket', 'Submarket', 'text', ['submarket', 'sub market']),
  field('Property', 'property.units', 'Units', 'number', [
    'units',
    'unit count',
    'number of units',
    'total units',
    'no of units',
  ]),
  field('Property', 'property.sqft', 'Square feet', 'number', [
    'sqft',
    'sq ft',
    'square feet',
    'square footage',
    'sf',
    'gla',
    'rba',
    'building sf',
  ]),
  field('Property', 'property.completion_date', 'Completion date', 'date', [
    'completion date',
    'year built',
    'completed',
    'delivery date',
  ]),
  field('Property', 'property.latitude', 'Latitude', 'number', ['latitude', 'lat']),
  field('Property', 'property.longitude', 'Longitude', 'number', ['longitude', 'lng', 'lon', 'long']),
  field('Property', 'property.phone', 'Property phone', 'phone', [
    'property phone',
    'property phone number',
    'site phone',
    'leasing phone',
  ]),
  field('Property', 'property.role', 'Role on the property (owner, manager, …)', 'text', [
    'property role',
    'relationship',
    'role on property',
  ]),
  field('Property', 'property.details', 'Keep as a detail of the property', 'details'),
];
