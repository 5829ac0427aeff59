import { normalizeState, normalizeZip } from '@/lib/contact-points/address';
import { emptyProperty, limits, normalizeDate, type Row, type Slot } from '@/modules/imports/domain';
import type { RecordProperty } from '@/modules/imports/schema';

/**
 * The reading of a row's property.
 *
 * @param slot gives the columns that feed a field
 * @returns how a row becomes its property; null for a row with neither name nor address of one. Unmapped details are not read.
 */
export function propertyReader(slot: (key: string) => Slot): (row: Row) => RecordProperty | null {
  const at = {
    name: slot('property.name'),
    address: slot('property.address'),
    city: slot('property.city'),
    county: slot('property.county'),
    state: slot('property.state'),
    zip: slot('property.zip'),
    market: slot('property.market'),
    submarket: slot('property.submarket'),
    units: slot('property.units'),
    sqft: slot('property.sqft'),
    completed: slot('property.completion_date'),
    latitude: slot('property.latitude'),
    longitude: slot('property.longitude'),
    phone: slot('property.phone'),
  };
  if (at.name.length === 0 && at.address.length === 0) return () => null;
  return (row) => {
    const name = row.text(at.name, 'properties', limits.name);
    const address = row.text(at.address, 'properties', limits.address);
    if (name === null && address === null) return null;
    const completed = row.text(at.completed, 'properties', limits.completionDate);
    const latitude = row.number(at.latitude, -90, 90, false);
    const longitude = row.number(at.longitude, -180, 180, false);
    // Half a position is none, and 0, 0 is what a geocoder writes that found nothing.
    const placed = latitude !== null && longitude !== null && !(latitude === 0 && longitude === 0);
    return {
      ...emptyProperty(),
      name,
      address,
      city: row.text(at.city, 'properties', limits.city),
      county: row.text(at.county, 'properties', limits.city),
      state: normalizeState(row.text(at.state, 'properties', limits.state)),
      zip: normalizeZip(row.text(at.zip, 'properties', limits.zip)),
      market: row.text(at.market, 'properties', limits.market),
      submarket: row.text(at.submarket, 'properties', limits.market),
      units: row.number(at.units, 0, 1_000_000, true),
      sqft: row.number(at.sqft, 0, 10_000_000_000, true),
      completion_date: completed === null ? null : normalizeDate(completed),
      latitude: placed ? latitude : null,
      longitude: placed ? longitude : null,
      phones: row.phones(at.phone),
    };
  };
}
