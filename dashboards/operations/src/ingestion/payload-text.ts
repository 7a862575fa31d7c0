/** The kept part of a payload as text; what is no UTF-8 as bytes. */
export function payloadText(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes.slice(0, 64), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  }
}
