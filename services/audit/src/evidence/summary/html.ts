/** A piece of HTML in which every text from outside is escaped. */
export class Html {
  private constructor(readonly text: string) {}

  /** As a template tag: the literal parts are ours, what is put in is text, HTML of ours, or a list of these. */
  static of(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
    return new Html(parts.reduce((text, part, at) => text + asText(values[at - 1]) + part));
  }
}

export type HtmlValue = string | number | undefined | Html | readonly Html[];

export const html = (parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html => Html.of(parts, ...values);

function asText(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return escaped(value);
  return typeof value === 'number' ? String(value) : value.map(({ text }) => text).join('');
}

/** Also what could hide in a text: control characters, and marks that turn the direction of what follows. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll(/[\u202a-\u202e\u2066-\u2069]|[^\P{Cc}\n\t]/gu, '\ufffd');
}
