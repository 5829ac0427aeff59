import type { Metadata } from 'next';
import { AppError } from '@/lib/errors';
import { pageContext } from '@/lib/http/page-context';
import { listAssignees } from '@/modules/records/queries';
import { boardSearch, readBoardState } from '@/modules/verification/domain';
import { getBoard, getScoreRules } from '@/modules/verification/queries';
import { boardQuery } from '@/modules/verification/schema';
import { VerificationBoard } from './verification-board';

export const metadata: Metadata = { title: 'Verification' };

/** The verification board, with the cards that its address asks for. `card` in it opens one beside the board. */
export default async function VerificationPage({ searchParams }: PageProps<'/verification'>) {
  const [ctx, given] = await Promise.all([pageContext(), searchParams]);
  const state = readBoardState(given);
  const read = (search: string) =>
    getBoard(ctx.supabase, ctx.workspaceId, boardQuery.parse(parametersOf(search)));
  const [board, members, rules] = await Promise.all([
    read(boardSearch(state)).catch((error: unknown) => {
      // a pipeline that was put away, in an old link: the default one is shown
      if (!(error instanceof AppError && error.code === 'not_found' && state.pipeline)) throw error;
      return read(boardSearch({ ...state, pipeline: null }));
    }),
    listAssignees(ctx.supabase, ctx.workspaceId),
    getScoreRules(ctx.supabase, ctx.workspaceId),
  ]);
  return (
    <VerificationBoard
      start={{ search: boardSearch(state), board, at: Date.now() }}
      members={members}
      threshold={rules.threshold}
    />
  );
}

/** As a route reads a query: one value is a text, several are a list. */
function parametersOf(search: string): Record<string, string | string[]> {
  const given = new URLSearchParams(search);
  return Object.fromEntries(
    [...new Set(given.keys())].map((key) => {
      const values = given.getAll(key);
      return [key, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
