import { Eta } from 'eta';

/** Turns templates and ready data into HTML. */
export interface Templates {
  /**
   * @param name path below the folder, without `.eta`: `pages/home`, `email/layout`.
   * @param it the template's data, built from named fields by the caller: never a request's body or query as it came
   *   (CVE-2022-25967: data once reached the engine's options).
   * @throws Error with file, line and reason, for a broken template or a value that was not given. Always a bug.
   */
  render(name: string, it: object): string;
}

/**
 * The one renderer, for pages, desk and emails. `dir` holds the `.eta` files; each is read and compiled once.
 * Everything is escaped (`& < > " '`) but what `<%~` shows. Partials: `<%~ include('/email/button', { … }) %>`, with a
 * leading slash from `dir`, without one from the template's own folder; layouts: `<% layout('/pages/layout') %>`.
 */
export function createTemplates(dir: string): Templates {
  // `debug` only keeps line numbers for messages: 3 assignments a page, paid for by errors that name the line.
  const eta = new Eta({ views: dir, cache: true, debug: true, autoFilter: true, filterFunction: shown });
  return {
    render: (name, it) => {
      try {
        return eta.render(name, it);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        // After a syntax error Eta appends the whole generated function below a line of equals signs.
        throw new Error(`The template ${name} cannot be shown. ${why.split('\n===')[0]}`, { cause: error });
      }
    },
  };
}

/** Eta would print "undefined" into a visitor's page; what may be missing must be asked for with `if` or `??`. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(
    `It shows a value that was not given or is no text (${value === null ? 'null' : typeof value}).`,
  );
}
