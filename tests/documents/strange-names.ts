import fc from 'fast-check';

/** Names that are meant to break something. */
export const CRUEL: readonly string[] = [
  'W'.repeat(80),
  'i'.repeat(80),
  'Ann '.repeat(20),
  ') Tj ET (',
  '> Tj ET <',
  '\\',
  '(((((',
  '<</A>>',
  'endstream endobj',
  '{{name}}',
  '%PDF-1.7 %%EOF',
  '%personal-0 ',
  'a\u0000b',
  '\ud800 a \udfff',
  '\ufffd\ufffe\uffff',
  '\u202eAnn\u2066 \u200f\u061cLee',
  'ﷺ'.repeat(80),
  '👨‍👩‍👧‍👦'.repeat(20),
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  `x${'\u0301'.repeat(60)}b`,
  `Z̸̡̢̛̗̘̙̜̝̞̟̠͓͔͕͖͙͚̤̥̦̩̪̫̬̭̮̯̰̱̲̳̹̺̻̼͇͈͉͍͎̀́̂̃̄̅̆̇̈̉̊a`,
  'ก็็็็็็็็็็็็็็็็็็็็',
  'x\u0302'.repeat(80),
  'محمد'.repeat(20),
  'مُحَمَّد بن عبد الله (Wei) 2024',
  'עו״ד '.repeat(16),
  'क्ष्म्य्र'.repeat(10),
  '李 محمد שרה Ann प्रिया สมชาย ნინო Արամ Ελένη Дмитрий 🎉',
  '\u0301\u0302',
  '\u200d\u200c\u200d',
];

/** Text in letters that people have names in, whether or not a font has them. */
const LETTERS = [
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ -’.',
  'àéîõüçñøåœßıłşţžđħŋÀÉÎÕÜÇÑØÅŒŁŞŢŽĐĦŊəƏẹọṣ ',
  'αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊϋΐΰςΑΒΓΔΕΖΗΘ ',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђљњћќџәғқңөұүһ ',
  'ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ ',
];
const FOREIGN = [
  'ابتثجحخدذرزسشصضطظعغفقكلمنهويآأإؤئءةىپچژگ\u064e\u0651\u200c ',
  'אבגדהוזחטיכלמנסעפצקרשתךםןףץ\u05b8\u05bc\u05c1־ ',
  'अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहािीुूेैोौ्ंँ़\u200d ',
  'กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศสหอะาำิีึืุูเแโใไ่้๊๋์ ',
  'აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ ',
  'աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆԱԲԳ ',
  'aeiounmx\u0300\u0301\u0302\u0303\u0304\u0308\u030c\u0323 ',
  'ἀἁἂἃἄἅἆἇἐἑἒἠἡἢἰἱὀὁὐὑὠᾳᾶῆῖῦῶ ',
  '李王張劉陳김이박최田中 ',
];

const wordsOf = (letters: string) =>
  fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 1, maxLength: 60 });

/** Mostly what can be filled in, and anything else that Unicode has. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.oneof(...LETTERS.map(wordsOf)) },
  { weight: 1, arbitrary: fc.oneof(...FOREIGN.map(wordsOf)) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }) },
  { weight: 1, arbitrary: fc.constantFrom(...CRUEL) },
);

/** Names for which a document is made whole. */
export const foreignName: fc.Arbitrary<string> = fc.oneof(
  ...FOREIGN.map(wordsOf),
  fc.tuple(...[...FOREIGN, ...LETTERS].map(wordsOf)).map((words) => words.join(' ')),
);
