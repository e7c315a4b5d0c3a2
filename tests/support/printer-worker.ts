import type { Delivery, Order } from '../../src/documents/press/printing.ts';

// A printing process on command: what it is to do stands in the order's variant. It prints its own number, so that a test can tell one from another.
process.on('disconnect', () => process.exit());
process.on('message', ({ id, args }: Order) => {
  const [{ variant }] = args as readonly [{ readonly variant: { readonly offer: string } }];
  const answer = (delivery: Delivery) => process.send?.(delivery);
  switch (variant.offer) {
    case 'die':
      process.exit(3);
    case 'hang':
      return;
    case 'fail':
      return answer({ id, ok: false, message: 'no paper' });
    case 'settings':
      return answer({ id, ok: true, result: Object.keys(process.env) });
    default:
      return answer({ id, ok: true, result: { pages: process.pid } });
  }
});
