declare module 'commonmark-spec' {
  export const tests: { markdown: string; html: string; section: string; number: number }[];
}

declare module 'big-list-of-naughty-strings' {
  const strings: string[];
  export default strings;
}

/** The reference implementation of CommonMark, as far as it is used. */
declare module 'commonmark' {
  export interface Node {
    readonly type: string;
    readonly literal: string | null;
    readonly destination: string | null;
    readonly info: string | null;
    readonly level: number;
    readonly listType: 'bullet' | 'ordered';
    readonly listStart: number;
    readonly firstChild: Node | null;
    readonly next: Node | null;
  }

  export class Parser {
    parse(text: string): Node;
  }

  export class HtmlRenderer {
    render(node: Node): string;
  }
}

declare module 'mdurl/encode' {
  export default function encode(address: string): string;
}
