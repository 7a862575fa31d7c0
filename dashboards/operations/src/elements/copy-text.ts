/** The clipboard API needs a secure origin; plain HTTP in a closed network gets the old way. */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const listener = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', listener, { once: true });
  (document as unknown as { execCommand: (command: string) => boolean }).execCommand('copy');
}
