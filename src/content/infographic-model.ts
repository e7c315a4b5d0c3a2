export type InfographicSource = {
  readonly kind: 'infographic';
  /** As messages name it. */
  readonly file: string;
  readonly title: string;
  readonly subtitle: string;
  readonly panels: readonly Panel[];
  readonly sources: readonly { readonly id: number; readonly text: string }[];
  readonly situations: Readonly<
    Record<
      string,
      {
        readonly title: string;
        readonly intro: string;
        readonly moves: readonly { readonly title: string; readonly text: string }[];
      }
    >
  >;
};

/** One thing that an infographic says. `line` (from 1) is where it begins in its file. */
export type Panel = PanelWords & { readonly line: number };

type PanelWords =
  | {
      readonly kind: 'figure';
      readonly value: string;
      readonly label: string;
      readonly source: number;
      /** In per cent, for a field of a hundred points: `low` are filled, those up to `high` are open. */
      readonly share?: { readonly low: number; readonly high: number };
    }
  /** A number that is told everywhere and proved nowhere: it is set large and struck out. */
  | {
      readonly kind: 'myth';
      readonly value: string;
      readonly title: string;
      readonly text: string;
      readonly source?: number;
    }
  | {
      readonly kind: 'bars';
      readonly title: string;
      readonly unit: string;
      readonly source: number;
      readonly bars: readonly { readonly label: string; readonly value: number }[];
    }
  /** The weak tie, drawn: a close cluster (`near`), one thin line (`weak`), another cluster (`far`). */
  | {
      readonly kind: 'ties';
      readonly title: string;
      readonly near: string;
      readonly weak: string;
      readonly far: string;
      /** A number to be set large, such as "20 million+". */
      readonly value?: string;
      readonly text: string;
      readonly source: number;
    }
  | {
      readonly kind: 'steps';
      readonly title: string;
      readonly steps: readonly { readonly title: string; readonly text: string }[];
    }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] }
  | {
      readonly kind: 'note';
      readonly title: string;
      readonly text: string;
      readonly source?: number;
    };
