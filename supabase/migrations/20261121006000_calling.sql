-- Why: callers work one list of numbers together: a number is one caller's at a time, what keeps it from being called stands with its
-- reason, every outcome and every text is kept, and nothing can be sent twice.
-- Touches: phone_numbers, phone_number_days, calling_settings, followup_rules, call_targets, calls, call_claims, call_holds, sms_batches,
-- sms_messages (new); phones (zones, where an opt-out comes from), profiles (a caller's own phone), purpose of
-- email_queue, entity of saved_views, exit reasons of campaign_recipients; private.phone_prefix_zones.

-- Which zones a number may lie in, by the longest prefix that is known: the area codes of North America, elsewhere the country.
-- From libphonenumber's time-zone metadata; an area code that lies in several zones has them all. The bare 1 (a code that is not in
-- the metadata, or one without a place, such as 800) may be anywhere in the United States.
create table private.phone_prefix_zones (
  prefix text primary key check (prefix ~ '^[1-9][0-9]{0,3}$'),
  zones text[] not null check (cardinality(zones) > 0)
);
insert into private.phone_prefix_zones (prefix, zones)
select prefix, x.zones::text[] from (values
    ('{1}', '{America/Adak,America/Anchorage,America/Chicago,America/Denver,America/Los_Angeles,America/New_York,America/Phoenix,Pacific/Honolulu}'),
    ('{1201,1202,1203,1207,1212,1215,1216,1220,1223,1227,1229,1231,1234,1239,1240,1248,1252,1260,1267,1269,1272,1276,1283,1301,1302,1304,
      1305,1313,1315,1317,1321,1324,1326,1329,1330,1332,1336,1339,1347,1351,1352,1363,1364,1380,1386,1401,1404,1407,1410,1412,1413,1419,
      1434,1440,1443,1445,1448,1463,1470,1472,1475,1478,1484,1502,1508,1513,1516,1517,1518,1540,1551,1561,1567,1570,1571,1582,1585,1586,
      1603,1607,1609,1610,1614,1616,1617,1631,1640,1645,1646,1656,1667,1678,1680,1681,1686,1703,1704,1706,1716,1717,1718,1724,1727,1728,
      1732,1734,1740,1743,1754,1757,1762,1765,1770,1771,1772,1774,1781,1786,1802,1803,1804,1810,1813,1814,1821,1826,1828,1835,1838,1839,
      1843,1845,1848,1854,1856,1857,1859,1860,1862,1863,1864,1865,1878,1904,1908,1910,1912,1914,1917,1919,1929,1930,1934,1937,1941,1943,
      1947,1948,1954,1959,1973,1978,1980,1984,1989}', '{America/New_York}'),
    ('{1204,1431,1474,1584}', '{America/Winnipeg}'),
    ('{1205,1210,1214,1217,1218,1224,1225,1228,1235,1251,1254,1256,1262,1274,1281,1309,1312,1314,1316,1318,1319,1320,1325,1327,1331,1334,
      1337,1346,1353,1361,1402,1405,1409,1414,1417,1430,1432,1447,1464,1469,1479,1501,1504,1507,1512,1515,1531,1534,1539,1557,1563,1572,
      1573,1580,1601,1608,1612,1615,1618,1629,1630,1636,1641,1651,1659,1660,1662,1682,1689,1708,1712,1713,1715,1726,1730,1731,1737,1763,
      1769,1773,1779,1806,1815,1816,1817,1830,1832,1847,1870,1872,1901,1903,1913,1918,1920,1931,1936,1938,1940,1945,1952,1956,1972,1975,
      1979,1985,505}', '{America/Chicago}'),
    ('{1206,1209,1213,1253,1279,1310,1323,1341,1350,1360,1369,1408,1415,1424,1425,1442,1458,1503,1509,1510,1530,1559,1562,1564,1619,1626,
      1628,1650,1657,1661,1669,1702,1707,1714,1725,1738,1747,1760,1805,1818,1820,1831,1840,1858,1909,1916,1925,1949,1951,1971}', '{America/Los_Angeles}'),
    ('{1208,1775}', '{America/Boise,America/Denver,America/Los_Angeles}'),
    ('{1219,1270,1423,1574,1606,1812,1850,1906}', '{America/Chicago,America/New_York}'),
    ('{1226,1249,1263,1289,1343,1354,1365,1367,1382,1416,1437,1438,1450,1468,1514,1519,1548,1579,1581,1613,1647,1683,1705,1742,1753,1819,
      1873,1905,1942}', '{America/Toronto}'),
    ('{1236,1257,1604,1672,1778}', '{America/Vancouver}'),
    ('{1242}', '{America/Nassau}'),
    ('{1246}', '{America/Barbados}'),
    ('{1250}', '{America/Edmonton,America/Vancouver}'),
    ('{1264}', '{America/Anguilla}'),
    ('{1268}', '{America/Antigua}'),
    ('{1284}', '{America/Tortola}'),
    ('{1303,1307,1385,1406,1435,1505,1575,1719,1720,1748,1801,1915,1970,1983}', '{America/Denver}'),
    ('{1306,1639}', '{America/Regina}'),
    ('{1308,1620,1785}', '{America/Chicago,America/Denver}'),
    ('{1340}', '{America/St_Thomas}'),
    ('{1345}', '{America/Cayman}'),
    ('{1368,1403,1587,1780,1825}', '{America/Edmonton}'),
    ('{1418}', '{America/Halifax,America/Toronto}'),
    ('{1428,1506,1782,1902}', '{America/Halifax}'),
    ('{1441}', '{Atlantic/Bermuda}'),
    ('{1473}', '{America/Grenada}'),
    ('{1480,1520,1602,1623}', '{America/Phoenix}'),
    ('{1541}', '{America/Denver,America/Los_Angeles}'),
    ('{1605,1701}', '{America/Chicago,America/Denver,America/North_Dakota/Center}'),
    ('{1649}', '{America/Grand_Turk}'),
    ('{1658,1876}', '{America/Jamaica}'),
    ('{1664}', '{America/Montserrat}'),
    ('{1670}', '{Pacific/Saipan}'),
    ('{1671}', '{Pacific/Guam}'),
    ('{1684}', '{Pacific/Pago_Pago}'),
    ('{1709}', '{America/Halifax,America/Puerto_Rico,America/St_Johns}'),
    ('{1721}', '{America/Lower_Princes}'),
    ('{1758}', '{America/St_Lucia}'),
    ('{1767}', '{America/Dominica}'),
    ('{1784}', '{America/St_Vincent}'),
    ('{1787,1939}', '{America/Puerto_Rico}'),
    ('{1807}', '{America/Toronto,America/Winnipeg}'),
    ('{1808}', '{Pacific/Honolulu}'),
    ('{1809,1829,1849}', '{America/Santo_Domingo}'),
    ('{1867}', '{America/Edmonton,America/Fort_Nelson,America/Toronto,America/Vancouver,America/Winnipeg}'),
    ('{1868}', '{America/Port_of_Spain}'),
    ('{1869}', '{America/St_Kitts}'),
    ('{1879}', '{America/Puerto_Rico,America/St_Johns}'),
    ('{1907}', '{America/Adak,America/Anchorage,America/Juneau,Pacific/Honolulu}'),
    ('{1928}', '{America/Denver,America/Phoenix}'),
    ('{1986}', '{America/Boise,America/Los_Angeles}'),
    ('{20}', '{Africa/Cairo}'),
    ('{211,254}', '{Africa/Nairobi}'),
    ('{212}', '{Atlantic/Canary}'),
    ('{213,33}', '{Europe/Paris}'),
    ('{216}', '{Africa/Tunis}'),
    ('{218,370,371,372,40,740,970}', '{Europe/Bucharest}'),
    ('{220}', '{Africa/Banjul}'),
    ('{221}', '{Africa/Dakar}'),
    ('{222}', '{Africa/Nouakchott}'),
    ('{223}', '{Africa/Bamako}'),
    ('{224}', '{Africa/Conakry}'),
    ('{225}', '{Africa/Abidjan}'),
    ('{226}', '{Africa/Ouagadougou}'),
    ('{227}', '{Africa/Niamey}'),
    ('{228}', '{Africa/Lome}'),
    ('{229}', '{Africa/Porto-Novo}'),
    ('{230}', '{Indian/Mauritius}'),
    ('{231,245,354}', '{Atlantic/Reykjavik}'),
    ('{232}', '{Africa/Freetown}'),
    ('{233}', '{Africa/Accra}'),
    ('{234}', '{Africa/Lagos}'),
    ('{235}', '{Africa/Ndjamena}'),
    ('{236}', '{Africa/Bangui}'),
    ('{237}', '{Africa/Douala}'),
    ('{238}', '{Atlantic/Cape_Verde}'),
    ('{239}', '{Africa/Sao_Tome}'),
    ('{240}', '{Africa/Malabo}'),
    ('{241}', '{Africa/Libreville}'),
    ('{242}', '{Africa/Brazzaville}'),
    ('{243}', '{Africa/Kinshasa,Africa/Lubumbashi}'),
    ('{244}', '{Africa/Luanda}'),
    ('{246}', '{Indian/Chagos}'),
    ('{247,290}', '{Atlantic/St_Helena}'),
    ('{248}', '{Indian/Mahe}'),
    ('{249}', '{Africa/Khartoum}'),
    ('{250}', '{Africa/Kigali}'),
    ('{251}', '{Africa/Addis_Ababa}'),
    ('{252}', '{Africa/Mogadishu}'),
    ('{253}', '{Africa/Djibouti}'),
    ('{255}', '{Africa/Dar_es_Salaam}'),
    ('{256}', '{Africa/Kampala}'),
    ('{257}', '{Africa/Bujumbura}'),
    ('{258}', '{Africa/Maputo}'),
    ('{260}', '{Africa/Lusaka}'),
    ('{261}', '{Indian/Antananarivo}'),
    ('{262}', '{Indian/Mayotte,Indian/Reunion}'),
    ('{263}', '{Africa/Harare}'),
    ('{264}', '{Africa/Windhoek}'),
    ('{265}', '{Africa/Blantyre}'),
    ('{266}', '{Africa/Maseru}'),
    ('{267}', '{Africa/Gaborone}'),
    ('{268}', '{Africa/Mbabane}'),
    ('{269}', '{Indian/Comoro}'),
    ('{27}', '{Africa/Johannesburg}'),
    ('{291}', '{Africa/Asmera}'),
    ('{297}', '{America/Aruba}'),
    ('{298}', '{Atlantic/Faeroe}'),
    ('{299}', '{America/Godthab,America/Scoresbysund,America/Thule}'),
    ('{30}', '{Europe/Athens}'),
    ('{31}', '{Europe/Amsterdam}'),
    ('{32}', '{Europe/Brussels}'),
    ('{34,348,349}', '{Atlantic/Canary,Europe/Madrid}'),
    ('{345,346,347}', '{Europe/Madrid}'),
    ('{350}', '{Europe/Gibraltar}'),
    ('{351}', '{Atlantic/Azores,Europe/Lisbon}'),
    ('{352}', '{Europe/Luxembourg}'),
    ('{353,443,445,447,448,449}', '{Europe/Guernsey,Europe/Isle_of_Man,Europe/London}'),
    ('{355}', '{Europe/Tirane}'),
    ('{356}', '{Europe/Malta}'),
    ('{357}', '{Asia/Nicosia}'),
    ('{358}', '{Europe/Helsinki,Europe/Mariehamn}'),
    ('{359}', '{Europe/Sofia}'),
    ('{36}', '{Europe/Budapest}'),
    ('{373}', '{Europe/Chisinau}'),
    ('{374}', '{Asia/Yerevan}'),
    ('{375,736,747,748,749,782,783,786,787,79}', '{Europe/Moscow}'),
    ('{376}', '{Europe/Andorra}'),
    ('{377}', '{Europe/Monaco}'),
    ('{378}', '{Europe/San_Marino}'),
    ('{380}', '{Europe/Kyiv}'),
    ('{381,383}', '{Europe/Belgrade}'),
    ('{382}', '{Europe/Podgorica}'),
    ('{385}', '{Europe/Zagreb}'),
    ('{386}', '{Europe/Ljubljana}'),
    ('{387}', '{Europe/Sarajevo}'),
    ('{389}', '{Europe/Skopje}'),
    ('{39,390,391,393,395,398}', '{Europe/Rome,Europe/Vatican}'),
    ('{394,397}', '{Europe/Rome}'),
    ('{41}', '{Europe/Zurich}'),
    ('{420}', '{Europe/Prague}'),
    ('{421}', '{Europe/Bratislava}'),
    ('{423}', '{Europe/Vaduz}'),
    ('{43}', '{Europe/Vienna}'),
    ('{44,441}', '{Europe/Guernsey,Europe/Isle_of_Man,Europe/Jersey,Europe/London}'),
    ('{442}', '{Europe/London}'),
    ('{45}', '{Europe/Copenhagen}'),
    ('{46}', '{Europe/Stockholm}'),
    ('{47,477}', '{Arctic/Longyearbyen,Europe/Oslo}'),
    ('{470,472,473,474,475,476,478,479}', '{Europe/Oslo}'),
    ('{48}', '{Europe/Warsaw}'),
    ('{49}', '{Europe/Berlin}'),
    ('{500}', '{Atlantic/Stanley}'),
    ('{501}', '{America/Belize}'),
    ('{502}', '{America/Guatemala}'),
    ('{503}', '{America/El_Salvador}'),
    ('{504}', '{America/Tegucigalpa}'),
    ('{506}', '{America/Costa_Rica}'),
    ('{507}', '{America/Panama}'),
    ('{508}', '{America/Miquelon}'),
    ('{509}', '{America/Port-au-Prince}'),
    ('{51}', '{America/Lima}'),
    ('{52}', '{America/Cancun,America/Ciudad_Juarez,America/Matamoros,America/Mazatlan,America/Mexico_City,America/New_York,America/Ojinaga,America/Tijuana}'),
    ('{522}', '{America/Mexico_City,America/New_York,America/Tijuana}'),
    ('{523}', '{America/Mazatlan,America/Mexico_City}'),
    ('{524,525,527}', '{America/Mexico_City}'),
    ('{526}', '{America/Ciudad_Juarez,America/Mazatlan,America/Mexico_City,America/Ojinaga,America/Tijuana}'),
    ('{528}', '{America/Matamoros,America/Mexico_City}'),
    ('{529}', '{America/Cancun,America/Mexico_City}'),
    ('{53}', '{America/Havana}'),
    ('{54}', '{America/Buenos_Aires}'),
    ('{55}', '{America/Manaus,America/Noronha,America/Rio_Branco,America/Sao_Paulo}'),
    ('{551,552,553,554,557}', '{America/Sao_Paulo}'),
    ('{555,559}', '{America/Manaus,America/Sao_Paulo}'),
    ('{556}', '{America/Manaus,America/Rio_Branco,America/Sao_Paulo}'),
    ('{558}', '{America/Noronha,America/Sao_Paulo}'),
    ('{56,563}', '{America/Santiago,Pacific/Easter}'),
    ('{561,562,564,565,566,567,568,569}', '{America/Santiago}'),
    ('{57}', '{America/Bogota}'),
    ('{58}', '{America/Caracas}'),
    ('{590}', '{America/Guadeloupe}'),
    ('{591}', '{America/La_Paz}'),
    ('{592}', '{America/Guyana}'),
    ('{593}', '{America/Guayaquil,Pacific/Galapagos}'),
    ('{594}', '{America/Cayenne}'),
    ('{595}', '{America/Asuncion}'),
    ('{596}', '{America/Martinique}'),
    ('{597}', '{America/Paramaribo}'),
    ('{598}', '{America/Montevideo}'),
    ('{599}', '{America/Curacao,America/Kralendijk}'),
    ('{60}', '{Asia/Kuching}'),
    ('{61}', '{Australia/Adelaide,Australia/Brisbane,Australia/Eucla,Australia/Lord_Howe,Australia/Perth,Australia/Sydney,Indian/Christmas,Indian/Cocos}'),
    ('{611,613,614}', '{Australia/Sydney}'),
    ('{612}', '{Australia/Lord_Howe,Australia/Sydney}'),
    ('{617}', '{Australia/Brisbane,Australia/Sydney}'),
    ('{618}', '{Australia/Adelaide,Australia/Eucla,Australia/Perth,Australia/Sydney,Indian/Christmas,Indian/Cocos}'),
    ('{62,624}', '{Asia/Jakarta,Asia/Jayapura,Asia/Makassar}'),
    ('{620,621,623,625,628}', '{Asia/Jakarta,Asia/Makassar}'),
    ('{622,626,627}', '{Asia/Jakarta}'),
    ('{629}', '{Asia/Jakarta,Asia/Jayapura}'),
    ('{63}', '{Asia/Manila}'),
    ('{64,643}', '{Pacific/Auckland,Pacific/Chatham}'),
    ('{641,642,644,645,646,647,648,649}', '{Pacific/Auckland}'),
    ('{65}', '{Asia/Singapore}'),
    ('{66}', '{Asia/Bangkok}'),
    ('{670}', '{Asia/Dili}'),
    ('{672}', '{Pacific/Norfolk}'),
    ('{673}', '{Asia/Brunei}'),
    ('{674}', '{Pacific/Nauru}'),
    ('{675}', '{Pacific/Port_Moresby}'),
    ('{676}', '{Pacific/Tongatapu}'),
    ('{677}', '{Pacific/Guadalcanal}'),
    ('{678}', '{Pacific/Efate}'),
    ('{679}', '{Pacific/Fiji}'),
    ('{680}', '{Pacific/Palau}'),
    ('{681}', '{Pacific/Wallis}'),
    ('{682}', '{Pacific/Rarotonga}'),
    ('{683}', '{Pacific/Niue}'),
    ('{685}', '{Pacific/Apia}'),
    ('{686}', '{Pacific/Enderbury,Pacific/Kiritimati,Pacific/Tarawa}'),
    ('{687}', '{Pacific/Noumea}'),
    ('{688}', '{Pacific/Funafuti}'),
    ('{689}', '{Pacific/Gambier,Pacific/Marquesas,Pacific/Tahiti}'),
    ('{690}', '{Pacific/Fakaofo}'),
    ('{691}', '{Pacific/Kosrae,Pacific/Ponape,Pacific/Truk}'),
    ('{692}', '{Pacific/Majuro}'),
    ('{7}', '{Asia/Almaty,Asia/Anadyr,Asia/Aqtobe,Asia/Irkutsk,Asia/Kamchatka,Asia/Krasnoyarsk,Asia/Magadan,Asia/Novosibirsk,Asia/Omsk,
      Asia/Sakhalin,Asia/Vladivostok,Asia/Yakutsk,Asia/Yekaterinburg,Europe/Bucharest,Europe/Moscow,Europe/Samara}'),
    ('{730}', '{Asia/Irkutsk,Asia/Yakutsk}'),
    ('{733,735}', '{Asia/Yekaterinburg}'),
    ('{734}', '{Asia/Yekaterinburg,Europe/Samara}'),
    ('{738}', '{Asia/Krasnoyarsk,Asia/Novosibirsk,Asia/Omsk}'),
    ('{739}', '{Asia/Irkutsk,Asia/Krasnoyarsk}'),
    ('{741}', '{Asia/Kamchatka,Asia/Magadan,Asia/Yakutsk}'),
    ('{742}', '{Asia/Anadyr,Asia/Sakhalin,Asia/Vladivostok}'),
    ('{77,771,772}', '{Asia/Almaty,Asia/Aqtobe}'),
    ('{779}', '{Asia/Almaty}'),
    ('{780,781}', '{Asia/Almaty,Asia/Aqtobe,Europe/Moscow}'),
    ('{784}', '{Europe/Bucharest,Europe/Moscow,Europe/Samara}'),
    ('{785}', '{Europe/Moscow,Europe/Samara}'),
    ('{81,817}', '{Asia/Tokyo}'),
    ('{82,850}', '{Asia/Seoul}'),
    ('{84}', '{Asia/Ho_Chi_Minh}'),
    ('{852}', '{Asia/Hong_Kong}'),
    ('{853,86,861,862,863,864,865,866,867,868,869}', '{Asia/Shanghai}'),
    ('{855}', '{Asia/Phnom_Penh}'),
    ('{856}', '{Asia/Vientiane}'),
    ('{880}', '{Asia/Dhaka}'),
    ('{886}', '{Asia/Taipei}'),
    ('{90}', '{Europe/Istanbul}'),
    ('{91}', '{Asia/Calcutta}'),
    ('{92}', '{Asia/Karachi}'),
    ('{93}', '{Asia/Kabul}'),
    ('{94}', '{Asia/Colombo}'),
    ('{95}', '{Asia/Rangoon}'),
    ('{960}', '{Indian/Maldives}'),
    ('{961}', '{Asia/Beirut}'),
    ('{962}', '{Asia/Amman}'),
    ('{963}', '{Asia/Damascus}'),
    ('{964}', '{Asia/Baghdad}'),
    ('{965}', '{Asia/Kuwait}'),
    ('{966}', '{Asia/Riyadh}'),
    ('{967}', '{Asia/Aden}'),
    ('{968}', '{Asia/Muscat}'),
    ('{971}', '{Asia/Dubai}'),
    ('{972}', '{Asia/Jerusalem}'),
    ('{973}', '{Asia/Bahrain}'),
    ('{974}', '{Asia/Qatar}'),
    ('{975}', '{Asia/Thimphu}'),
    ('{976}', '{Asia/Choibalsan,Asia/Hovd,Asia/Ulaanbaatar}'),
    ('{977}', '{Asia/Katmandu}'),
    ('{98}', '{Asia/Tehran}'),
    ('{992}', '{Asia/Dushanbe}'),
    ('{993}', '{Asia/Ashgabat}'),
    ('{994}', '{Asia/Baku}'),
    ('{995}', '{Asia/Tbilisi}'),
    ('{996}', '{Asia/Bishkek}'),
    ('{998}', '{Asia/Tashkent}')  ) x(prefixes, zones), unnest(x.prefixes::text[]) as prefix;

create function private.number_zones(e164 text) returns text[]
language sql stable security definer set search_path = ''
as $$
  select z.zones from private.phone_prefix_zones z
   where z.prefix in (substr(e164, 2, 1), substr(e164, 2, 2), substr(e164, 2, 3), substr(e164, 2, 4))
   order by length(z.prefix) desc limit 1
$$;

-- Who opted a number out of texts: START, a machine's word, lifts only what STOP (`keyword`) has set.
alter table public.phones add column sms_opt_out_source text check (sms_opt_out_source in ('keyword', 'person', 'import', 'do_not_call'));
update public.phones set sms_opt_out_source = 'import' where sms_opted_out_at is not null;
alter table public.phones add column do_not_call_by uuid references public.profiles (user_id) on delete set null;
create index phones_do_not_call_idx on public.phones (workspace_id, do_not_call_at desc, id) where do_not_call;
create index phones_do_not_call_by_idx on public.phones (do_not_call_by) where do_not_call_by is not null;
-- counting a call is nobody's change of the number, and a statement that writes the log of all its rows itself says so (`app.is_logged`)
drop trigger audit on public.phones;
create trigger audit after insert or delete or update of e164, status, line_type, time_zone, do_not_call, do_not_call_reason, sms_opted_out_at on public.phones
  for each row when (coalesce(current_setting('app.import_id', true), '') = '' and coalesce(current_setting('app.is_logged', true), '') = '')
  execute function private.audit();

-- The phone that rings when somebody calls from here, and that calls for them are put through to.
alter table public.profiles add column phone_e164 text check (phone_e164 ~ '^\+[1-9][0-9]{5,14}$');
grant update (phone_e164) on public.profiles to authenticated;

-- Our own numbers. Who writes or calls to one of them thereby names the workspace, so no number is in two. Its row is what a drain of
-- texts locks: pace, cap and breaker are the number's.
create table public.phone_numbers (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  e164 text not null unique check (e164 ~ '^\+[1-9][0-9]{5,14}$'),
  label text not null check (length(btrim(label)) between 1 and 80),
  provider_sid text unique check (length(provider_sid) <= 64),
  features text[] not null default '{sms,voice}' check (features <@ '{sms,voice}'::text[] and cardinality(features) > 0),
  is_default_sender boolean not null default false check (not is_default_sender or 'sms' = any (features)),
  -- whose phone rings when the number is called; null: the assignee of whoever calls
  assigned_to uuid,
  status text not null default 'active' check (status in ('active', 'paused')),
  paused_reason text check (length(paused_reason) <= 500),
  -- how long after a text the next one may go: 1,000 ms is what a long code of the United States takes
  interval_ms integer not null default 1000 check (interval_ms between 0 and 3600000),
  next_send_at timestamptz not null default now(),
  daily_cap integer not null default 1000 check (daily_cap between 1 and 1000000),
  breaker text not null default 'closed' check (breaker in ('closed', 'open', 'half_open')),
  breaker_until timestamptz,
  consecutive_errors integer not null default 0 check (consecutive_errors >= 0),
  last_error text check (length(last_error) <= 2000),
  archived_at timestamptz,
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  check ((breaker = 'open') = (breaker_until is not null)),
  foreign key (workspace_id, assigned_to) references public.workspace_members (workspace_id, user_id) on delete set null (assigned_to)
);
create unique index phone_numbers_default_key on public.phone_numbers (workspace_id) where is_default_sender;
create index phone_numbers_next_idx on public.phone_numbers (next_send_at) where status = 'active' and archived_at is null;
create index phone_numbers_assigned_idx on public.phone_numbers (workspace_id, assigned_to) where assigned_to is not null;
create index phone_numbers_created_by_idx on public.phone_numbers (created_by);

-- What a number of ours sent on a day of the workspace's calendar: what its cap is held against.
create table public.phone_number_days (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  phone_number_id uuid not null,
  day date not null,
  sent integer not null default 0 check (sent >= 0),
  unique (workspace_id, id),
  unique (workspace_id, phone_number_id, day),
  foreign key (workspace_id, phone_number_id) references public.phone_numbers (workspace_id, id) on delete cascade
);

-- The rules of a workspace's calls and texts. Hours may be narrower than 47 CFR 64.1200(c)(1) (8:00 to 21:00 at the called party's
-- place), never wider. A workspace without a row has the defaults.
create table public.calling_settings (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null unique references public.workspaces (id) on delete cascade,
  hours_start time not null default '08:00' check (hours_start >= '08:00'),
  hours_end time not null default '21:00' check (hours_end <= '21:00'),
  lockout_number_minutes integer not null default 60 check (lockout_number_minutes between 0 and 43200),
  lockout_person_minutes integer not null default 1440 check (lockout_person_minutes between 0 and 525600),
  -- how often one number may be called, and texted by us, within 24 hours
  calls_per_day integer not null default 3 check (calls_per_day between 1 and 20),
  texts_per_day integer not null default 5 check (texts_per_day between 1 and 50),
  -- whom an answered call or a text from them takes out of campaigns
  stop_scope text not null default 'person' check (stop_scope in ('person', 'owner', 'property')),
  is_recording boolean not null default false,
  greeting text not null default 'Thank you for calling. Please hold while we connect you.' check (length(btrim(greeting)) between 1 and 1000),
  voicemail_greeting text not null default 'We can’t take your call right now. Please leave a message after the tone.'
    check (length(btrim(voicemail_greeting)) between 1 and 1000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  check (hours_start < hours_end)
);

-- Which mail follows which outcome, when, and through what: the caller's own Gmail, or a sender of campaigns.
create table public.followup_rules (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  outcome text not null check (outcome in ('pending_signup', 'no_answer', 'invalid_number')),
  template_id uuid not null,
  via text not null default 'gmail' check (via in ('gmail', 'sender')),
  sender_id uuid,
  delay_minutes integer not null default 5 check (delay_minutes between 0 and 20160),
  is_enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, outcome),
  check ((via = 'sender') = (sender_id is not null)),
  foreign key (workspace_id, template_id) references public.outreach_templates (workspace_id, id) on delete cascade,
  foreign key (workspace_id, sender_id) references public.senders (workspace_id, id) on delete cascade
);
create index followup_rules_template_idx on public.followup_rules (workspace_id, template_id);
create index followup_rules_sender_idx on public.followup_rules (workspace_id, sender_id) where sender_id is not null;

-- The desk's row of a number, kept by private.refresh_call_targets from what stands behind it: a list of half a million numbers can't
-- be grouped anew for each page. Nothing is decided by it: whether a number may be called, the gate asks of the tables themselves.
create table public.call_targets (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  phone_id uuid not null,
  people_count integer not null default 0,
  property_count integer not null default 0,
  -- states of its properties and people; roles on its properties and kinds of contact
  states text[] not null default '{}',
  roles text[] not null default '{}',
  lead_statuses text[] not null default '{}',
  -- every zone it may lie in: by number and address, or the one that a person set
  zones text[] not null default '{}',
  -- an active number, not "do not call", with somebody behind it who may be contacted
  is_callable boolean not null default true,
  -- until when a hold keeps it off the list; infinity: until somebody lifts it
  held_until timestamptz,
  last_outcome text,
  last_called_at timestamptz,
  last_called_by uuid,
  call_count integer not null default 0,
  follow_up_at timestamptz,
  -- the rule that gives its place: 1 a promised call, 2 never called, 3 called before; and its place within it
  rule smallint not null default 2 check (rule between 1 and 3),
  rank double precision not null default 0,
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, phone_id),
  foreign key (workspace_id, phone_id) references public.phones (workspace_id, id) on delete cascade,
  foreign key (workspace_id, last_called_by) references public.workspace_members (workspace_id, user_id) on delete set null (last_called_by)
);
create index call_targets_last_called_by_idx on public.call_targets (workspace_id, last_called_by) where last_called_by is not null;

create table public.calls (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  phone_id uuid not null,
  -- ours; null where it was dialled by hand
  phone_number_id uuid,
  direction text not null default 'out' check (direction in ('out', 'in')),
  via text not null default 'manual' check (via in ('manual', 'phone', 'browser')),
  -- who called, or took it
  user_id uuid,
  -- our leg and theirs
  provider_sid text unique check (length(provider_sid) <= 64),
  child_sid text unique check (length(child_sid) <= 64),
  -- of the leg that leads to them: its rank only grows, whatever order the provider tells in
  status text not null default 'logged'
    check (status in ('logged', 'dialling', 'queued', 'initiated', 'ringing', 'in_progress', 'completed', 'busy', 'no_answer', 'failed', 'canceled')),
  status_rank smallint not null default 0 check (status_rank between 0 and 9),
  error text check (length(error) <= 2000),
  started_at timestamptz not null default now(),
  answered_at timestamptz,
  ended_at timestamptz,
  duration_seconds integer check (duration_seconds >= 0),
  recording_sid text unique check (length(recording_sid) <= 64),
  recording_seconds integer check (recording_seconds >= 0),
  is_voicemail boolean not null default false,
  -- what the gate said when it was dialled
  decision jsonb check (jsonb_typeof(decision) = 'object'),
  -- what the caller says of it; null: not yet
  outcome text check (outcome in ('answered', 'no_answer', 'left_vm', 'invalid_number', 'follow_up', 'closed', 'rejected', 'do_not_call', 'pending_signup')),
  reached text check (reached in ('confirmed', 'somebody_else', 'wrong_person')),
  person_id uuid,
  notes text not null default '' check (length(notes) <= 20000),
  email_captured text check (length(email_captured) <= 254),
  next_step_at timestamptz,
  outcome_at timestamptz,
  -- what the outcome changed, so that it can be taken back: { phone: { … }, holds: [ids], … }
  effects jsonb not null default '{}' check (jsonb_typeof(effects) = 'object'),
  undone_at timestamptz,
  activity_id uuid,
  -- the mail that follows it
  followup_email_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  check ((outcome is null) = (outcome_at is null)),
  check (reached is distinct from 'confirmed' or person_id is not null),
  foreign key (workspace_id, phone_id) references public.phones (workspace_id, id) on delete cascade,
  foreign key (workspace_id, phone_number_id) references public.phone_numbers (workspace_id, id) on delete set null (phone_number_id),
  foreign key (user_id) references public.profiles (user_id) on delete set null,
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete set null (person_id),
  foreign key (workspace_id, activity_id) references public.activities (workspace_id, id) on delete set null (activity_id),
  foreign key (workspace_id, followup_email_id) references public.email_queue (workspace_id, id) on delete set null (followup_email_id)
);
create index calls_history_idx on public.calls (workspace_id, started_at desc, id);
create index calls_phone_idx on public.calls (workspace_id, phone_id, started_at desc);
create index calls_user_idx on public.calls (user_id, started_at desc);
create index calls_person_idx on public.calls (workspace_id, person_id) where person_id is not null;
create index calls_number_idx on public.calls (workspace_id, phone_number_id) where phone_number_id is not null;
create index calls_activity_idx on public.calls (workspace_id, activity_id) where activity_id is not null;
create index calls_followup_idx on public.calls (workspace_id, followup_email_id) where followup_email_id is not null;

-- Whose a number is at the moment. One row a number: a claim that ran out is overwritten by the next.
create table public.call_claims (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  phone_id uuid not null,
  user_id uuid not null,
  claimed_at timestamptz not null default now(),
  expires_at timestamptz not null,
  unique (workspace_id, id),
  unique (workspace_id, phone_id),
  foreign key (workspace_id, phone_id) references public.phones (workspace_id, id) on delete cascade,
  foreign key (workspace_id, user_id) references public.workspace_members (workspace_id, user_id) on delete cascade
);
create index call_claims_user_idx on public.call_claims (workspace_id, user_id);

-- What keeps a number, or all numbers of a person or a property, off the list: until a time, or until somebody lifts it.
create table public.call_holds (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  phone_id uuid,
  person_id uuid,
  property_id uuid,
  reason text not null check (reason in ('called', 'person_called', 'property_called', 'owner_confirmed', 'closed', 'rejected', 'wrong_person', 'by_hand')),
  -- null: until it is lifted
  until timestamptz,
  call_id uuid,
  created_by uuid references public.profiles (user_id) on delete set null,
  lifted_at timestamptz,
  lifted_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  check (num_nonnulls(phone_id, person_id, property_id) = 1),
  check (lifted_by is null or lifted_at is not null),
  foreign key (workspace_id, phone_id) references public.phones (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, property_id) references public.properties (workspace_id, id) on delete cascade,
  foreign key (workspace_id, call_id) references public.calls (workspace_id, id) on delete cascade
);
create index call_holds_phone_idx on public.call_holds (workspace_id, phone_id, until) where phone_id is not null;
create index call_holds_person_idx on public.call_holds (workspace_id, person_id, until) where person_id is not null;
create index call_holds_property_idx on public.call_holds (workspace_id, property_id, until) where property_id is not null;
create index call_holds_call_idx on public.call_holds (workspace_id, call_id) where call_id is not null;
create index call_holds_created_by_idx on public.call_holds (created_by);
create index call_holds_lifted_by_idx on public.call_holds (lifted_by) where lifted_by is not null;

-- One text to many: chosen once, then in the queue.
create table public.sms_batches (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text not null check (length(btrim(name)) between 1 and 120),
  body text not null check (length(btrim(body)) between 1 and 1600),
  -- null: each person's own last number, else the default sender
  phone_number_id uuid,
  status text not null default 'sending' check (status in ('sending', 'paused', 'completed', 'cancelled')),
  -- of those chosen, who is not written to and why: { reason: count }
  left_out jsonb not null default '{}' check (jsonb_typeof(left_out) = 'object'),
  total integer not null default 0 check (total >= 0),
  starts_at timestamptz,
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, phone_number_id) references public.phone_numbers (workspace_id, id) on delete set null (phone_number_id)
);
create index sms_batches_list_idx on public.sms_batches (workspace_id, created_at desc, id);
create index sms_batches_number_idx on public.sms_batches (workspace_id, phone_number_id) where phone_number_id is not null;
create index sms_batches_created_by_idx on public.sms_batches (created_by);

-- Every text, either way.
create table public.sms_messages (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  direction text not null check (direction in ('out', 'in')),
  -- auto: the answer that STOP, START and HELP must get
  purpose text not null default 'direct' check (purpose in ('direct', 'bulk', 'auto')),
  batch_id uuid,
  phone_id uuid not null,
  -- ours
  phone_number_id uuid,
  person_id uuid,
  body text not null check (length(body) <= 20000),
  segments smallint check (segments between 1 and 100),
  -- queued → sending (lease) → sent, failed, unknown; or back to queued, held by the gate; cancelled: the gate or a stop said no. An
  -- inbound one is received.
  status text not null check (status in ('queued', 'sending', 'sent', 'failed', 'unknown', 'cancelled', 'received')),
  is_paused boolean not null default false,
  run_at timestamptz,
  attempts smallint not null default 0 check (attempts between 0 and 100),
  lease_token uuid,
  lease_until timestamptz,
  decision jsonb check (jsonb_typeof(decision) = 'object'),
  provider_sid text unique check (length(provider_sid) <= 64),
  -- what the provider told of one that was sent: its rank only grows
  delivery text check (delivery in ('accepted', 'scheduled', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'canceled', 'read')),
  delivery_rank smallint not null default 0 check (delivery_rank between 0 and 9),
  delivered_at timestamptz,
  error_code text check (length(error_code) <= 20),
  last_error text check (length(last_error) <= 2000),
  sent_at timestamptz,
  received_at timestamptz,
  -- which of the words that must be obeyed an inbound one is
  keyword text check (keyword in ('stop', 'start', 'help')),
  media jsonb not null default '[]' check (jsonb_typeof(media) = 'array'),
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  -- a number is never in one batch twice, whoever shares it
  unique (workspace_id, batch_id, phone_id),
  check ((purpose = 'bulk') = (batch_id is not null)),
  check ((direction = 'in') = (status = 'received')),
  check ((direction = 'in') = (received_at is not null)),
  check (status <> 'queued' or (run_at is not null and phone_number_id is not null)),
  -- a lease stands exactly while somebody is sending it
  check ((status = 'sending') = (lease_token is not null)),
  check ((lease_token is null) = (lease_until is null)),
  check (status <> 'sent' or sent_at is not null),
  foreign key (workspace_id, batch_id) references public.sms_batches (workspace_id, id) on delete cascade,
  foreign key (workspace_id, phone_id) references public.phones (workspace_id, id) on delete cascade,
  foreign key (workspace_id, phone_number_id) references public.phone_numbers (workspace_id, id),
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete set null (person_id)
);
-- what a claim reads: the first of each number
create index sms_messages_due_idx on public.sms_messages (phone_number_id, run_at, id) where status = 'queued' and not is_paused;
create index sms_messages_leases_idx on public.sms_messages (lease_until) where status = 'sending';
create index sms_messages_unknown_idx on public.sms_messages (updated_at) where status = 'unknown';
create index sms_messages_phone_idx on public.sms_messages (workspace_id, phone_id, created_at desc);
-- who answered what was sent to many
create index sms_messages_in_idx on public.sms_messages (workspace_id, phone_id, received_at) where direction = 'in';
create index sms_messages_person_idx on public.sms_messages (workspace_id, person_id, created_at desc) where person_id is not null;
create index sms_messages_number_idx on public.sms_messages (workspace_id, phone_number_id, sent_at) where phone_number_id is not null;
create index sms_messages_batch_idx on public.sms_messages (workspace_id, batch_id, status) where batch_id is not null;
create index sms_messages_list_idx on public.sms_messages (workspace_id, created_at desc, id);
create index sms_messages_created_by_idx on public.sms_messages (created_by);

alter table public.email_queue drop constraint email_queue_purpose_check;
alter table public.email_queue add constraint email_queue_purpose_check check (purpose in ('campaign', 'test', 'direct', 'followup'));
alter table public.campaign_recipients drop constraint campaign_recipients_exit_reason_check;
alter table public.campaign_recipients add constraint campaign_recipients_exit_reason_check check (exit_reason in ('completed', 'replied', 'answered',
  'unsubscribed', 'bounced', 'complained', 'manual', 'suppressed', 'do_not_contact', 'cancelled', 'failed'));
alter table public.saved_views drop constraint saved_views_entity_check;
alter table public.saved_views add constraint saved_views_entity_check check (entity in ('people', 'organizations', 'properties', 'owners', 'calls'));

do $$
declare t text;
begin
  foreach t in array array['phone_numbers', 'calling_settings', 'followup_rules', 'call_targets', 'calls', 'sms_batches', 'sms_messages'] loop
    execute format('create trigger set_updated_at before update on public.%I for each row execute function private.set_updated_at()', t);
  end loop;
  foreach t in array array['phone_numbers', 'phone_number_days', 'calling_settings', 'followup_rules', 'call_targets', 'calls', 'call_claims',
                           'call_holds', 'sms_batches', 'sms_messages'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('grant select on public.%I to authenticated', t);
    execute format('create policy %I on public.%I for select to authenticated
      using (workspace_id = any (array(select private.my_workspace_ids())))', t || '_select', t);
  end loop;
end $$;
-- a machine's own columns change too often to be anybody's change
create trigger audit after insert or delete or update of label, features, is_default_sender, assigned_to, status, paused_reason, interval_ms, daily_cap, archived_at
  on public.phone_numbers for each row execute function private.audit();
create trigger audit after insert or update or delete on public.calling_settings for each row execute function private.audit();
create trigger audit after insert or update or delete on public.followup_rules for each row execute function private.audit();
create trigger audit after update of outcome, reached, person_id, notes, undone_at on public.calls
  for each row when (old.outcome is not null) execute function private.audit();
create trigger audit after update of lifted_at on public.call_holds for each row execute function private.audit();

-- What was called and texted, and the rules of it, functions alone write; a number is added by one that has asked the provider whose it is.
grant update (label, features, is_default_sender, assigned_to, status, paused_reason, interval_ms, daily_cap, archived_at) on public.phone_numbers to authenticated;
create policy phone_numbers_update on public.phone_numbers for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids('admin'))))
  with check (workspace_id = any (array(select private.my_workspace_ids('admin'))));

-- Topics: `calls` names phones, `texts` people and phones.
do $$
declare t text; event text; args text;
begin
  foreach t in array array['calls', 'call_claims', 'call_holds', 'sms_messages', 'sms_batches'] loop
    args := case t when 'sms_messages' then $i$'texts', 'person_id', 'phone_id', 'batch_id'$i$ when 'sms_batches' then $i$'texts', 'id'$i$ else $i$'calls', 'phone_id'$i$ end;
    foreach event in array array['insert', 'update', 'delete'] loop
      continue when event = 'delete' and t <> 'call_claims';
      execute format('create trigger broadcast_%1$s after %1$s on public.%2$I referencing %4$s table as changed
        for each statement execute function private.broadcast_changes(%3$s)', event, t, args, case event when 'delete' then 'old' else 'new' end);
    end loop;
  end loop;
end $$;
