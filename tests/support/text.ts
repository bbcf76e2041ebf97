/** A regular expression that matches a text literally. */
export function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Text without white space, to compare what is shown with what was written. */
export function squeezed(text: string): string {
  return text.replace(/[\s\u00a0]+/g, '');
}
