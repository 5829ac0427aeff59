import {
  Building2,
  CircleDot,
  Globe,
  IdCard,
  Mail,
  Map as MapIcon,
  MapPin,
  Phone,
  Tag,
  UserRound,
  Users,
} from 'lucide-react';
import type { ListFilter } from '@/modules/records/components/list-config';
import { optionsOf, organizationKinds, sourceWords } from '@/modules/records/domain';
import { contactTypeWords } from '../domain';
import { leadStatusOptions } from './lead-status';

/** What people are filtered by, in the people list and wherever else people are chosen. */
export const peopleFilters: readonly ListFilter[] = [
  { key: 'lead_status', label: 'Lead status', icon: CircleDot, options: leadStatusOptions },
  {
    key: 'organization_kind',
    label: 'Organization kind',
    icon: Building2,
    options: optionsOf(organizationKinds),
  },
  { key: 'contact_types', label: 'Contact type', icon: Users, options: optionsOf(contactTypeWords) },
  { key: 'tags', label: 'Tags', icon: Tag },
  { key: 'has_email', label: 'E-mail', icon: Mail },
  { key: 'has_phone', label: 'Phone', icon: Phone },
  { key: 'has_linkedin', label: 'LinkedIn', icon: IdCard },
  { key: 'state', label: 'State', icon: MapIcon },
  { key: 'city', label: 'City', icon: MapPin },
  { key: 'sources', label: 'Source', icon: Globe, words: sourceWords },
  { key: 'assigned_to', label: 'Assigned to', icon: UserRound },
];
