/** Whatever a trader does to the list, saving hands over exactly what stands there. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EndpointView } from '#domain/endpoint-view.ts';
import {
  differs,
  draftsOf,
  editsOf,
  labelProblem,
  moved,
  putBack,
  renamed,
  withNew,
  without,
  type EndpointDraft,
} from '#renderer/features/settings/endpoint-drafts.ts';

const view = (id: string): EndpointView => ({
  id,
  label: `Node ${id}`,
  address: 'https://rpc.example.com',
  webSocketAddress: 'wss://rpc.example.com',
  holdsToken: false,
});

type Step =
  | { readonly kind: 'add'; readonly label: string }
  | { readonly kind: 'remove' | 'up' | 'down'; readonly at: number }
  | { readonly kind: 'rename'; readonly at: number; readonly label: string };

const label = fc.stringMatching(/^[A-Za-z]{1,12}$/);
const at = fc.nat({ max: 20 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), label }),
  fc.record({ kind: fc.constantFrom('remove' as const, 'up' as const, 'down' as const), at }),
  fc.record({ kind: fc.constant('rename' as const), at, label }),
);

function after(list: readonly EndpointDraft[], act: Step): readonly EndpointDraft[] {
  if (act.kind === 'add') {
    return withNew(list, { label: act.label, httpUrl: ' https://a.example ', webSocketUrl: '' });
  }
  const key = list[act.at % Math.max(1, list.length)]?.key ?? '';
  switch (act.kind) {
    case 'remove':
      return without(list, key);
    case 'rename':
      return renamed(list, key, act.label);
    case 'up':
      return moved(list, key, -1);
    case 'down':
      return moved(list, key, 1);
  }
}

it('keeps every endpoint once, in the order in which they stand', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const saved = ['a', 'b', 'c'].map(view);
      const list = steps.reduce(after, draftsOf(saved));
      expect(new Set(list.map(({ key }) => key)).size).toBe(list.length);
      const edits = editsOf(list);
      expect(edits.map((edit) => edit.label)).toEqual(list.map(({ edit }) => edit.label.trim()));
      expect(edits.map((edit) => (edit.kind === 'saved' ? edit.id : edit.httpUrl))).toEqual(
        list.map((draft) => draft.saved?.id ?? 'https://a.example'),
      );
      const same = JSON.stringify(edits) === JSON.stringify(editsOf(draftsOf(saved)));
      expect(differs(list, saved)).toBe(!same);
    }),
  );
});

it('undoing a removal puts the list back as it was', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), at, (steps, place) => {
      const list = steps.reduce(after, draftsOf(['a', 'b', 'c'].map(view)));
      const index = place % Math.max(1, list.length);
      const removed = list[index];
      if (removed === undefined) return;
      expect(putBack(without(list, removed.key), removed, index)).toEqual(list);
      expect(putBack(list, removed, index)).toEqual(list);
    }),
  );
});

it('says what is wrong with a name', () => {
  const list = renamed(draftsOf(['a', 'b'].map(view)), 'b', ' Node a ');
  expect(labelProblem(list, 'a')).toContain('Another endpoint');
  expect(labelProblem(renamed(list, 'b', ' '), 'b')).toContain('Give it a name');
  expect(labelProblem(renamed(list, 'b', 'x'.repeat(61)), 'b')).toContain('At most 60');
  expect(labelProblem(renamed(list, 'b', 'Other'), 'a')).toBeNull();
});
