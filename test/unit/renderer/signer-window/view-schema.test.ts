import { describe, expect, it } from 'vitest';
import { formOf } from '#renderer/signer-window/secret-form.ts';
import { readView } from '#renderer/signer-window/view-schema.ts';
import { SIGNER_STORIES, signerStory, WORDS } from '#test/support/signer-preview/signer-stories.ts';

describe('reading the signer’s views', () => {
  it.each(SIGNER_STORIES)('reads %s as it was sent', (story) => {
    const view = signerStory(story, 1_780_000_000_000);
    expect(readView(structuredClone(view))).toEqual(view);
  });

  it.each([
    ['nothing', null],
    ['another kind', { screen: { kind: 'approve' }, error: null }],
    ['no error field', { screen: { kind: 'working', text: '' } }],
    ['a field too many', { screen: { kind: 'working', text: '', html: '<b>' }, error: null }],
    [
      'a place that no phrase has',
      { screen: { kind: 'check-phrase', positions: [0] }, error: null },
    ],
    [
      'an amount that is not one',
      {
        screen: {
          kind: 'confirm',
          confirmation: {
            ...(signerStory('confirm-type', 0).screen as { confirmation: object }).confirmation,
            demand: { kind: 'type', amount: '1e3', symbol: 'USDC' },
          },
        },
        error: null,
      },
    ],
  ])('refuses %s', (_, raw) => {
    expect(readView(raw)).toBeNull();
  });
});

describe('telling a pasted key by its form', () => {
  it.each([
    ['', 'empty'],
    [' [12, 34', 'key-file'],
    ['2'.repeat(88), 'base58'],
    ['7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU', 'address'],
    [WORDS.join('\n'), 'phrase'],
    ['0xdeadbeef', 'unknown'],
  ])('takes “%s” for %s', (text, kind) => {
    expect(formOf(text).kind).toBe(kind);
  });
});
