import postgres from 'postgres';
import { fillDesk } from '/work/wt/desk/tests/bench/desk-data';
const sql = postgres(process.env.DBURL!, { max: 1, onnotice: () => undefined });
(async () => {
const [u] = await sql`insert into auth.users (id, email) values (gen_random_uuid(), 'desk' || extract(epoch from clock_timestamp()) || '@mail.example') returning id`;
const [w] = await sql`insert into public.workspaces (name, slug) values ('Desk', 'desk' || floor(extract(epoch from clock_timestamp()))) returning id`;
await sql`insert into public.workspace_members (workspace_id, user_id, role) values (${w.id}, ${u.id}, 'owner')`;
console.log('W', w.id, 'U', u.id);
const n = Number(process.argv[2] ?? 500000);
await sql`set search_path = public, extensions`;
await fillDesk(sql, w.id, u.id, { phones: n, links: n * 1.6 }, console.log);
process.exit(0);
})();
