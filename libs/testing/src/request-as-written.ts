import { request } from 'node:http';

/** The status and the code of a refusal. */
export interface WrittenAnswer {
  readonly status: number;
  readonly code?: string;
}

/** Sends an address as it is written; `fetch` would tidy it up before. */
export function requestAsWritten(
  url: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<WrittenAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        const isProblem = /problem\+json/.test(response.headers['content-type'] ?? '');
        resolve({ status: response.statusCode ?? 0, ...(isProblem ? { code: (JSON.parse(text) as { readonly code: string }).code } : {}) });
      });
    });
    sent.on('error', reject).end();
  });
}
