declare module 'commonmark-spec' {
  export const tests: { markdown: string; html: string; section: string; number: number }[];
}

declare module 'big-list-of-naughty-strings' {
  const strings: string[];
  export default strings;
}
