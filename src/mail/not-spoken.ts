/** Why a step is not sent to somebody whose language the content is no longer written in. @param language of hers, such as `fr`. */
export function notSpoken(language: string | null): string {
  return `the content is no longer written in her language${language === null ? '' : ` (${language})`}`;
}
