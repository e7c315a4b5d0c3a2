import { hash } from 'node:crypto';
import Database from 'better-sqlite3';
import { PROOFS } from '../src/store/sqlite/proofs/prove.ts';
import { setUpWorkbench } from '../src/store/sqlite/proofs/workbench.ts';
const raw=new Database('node_modules/.cache/fill/funnel.db',{readonly:true}); raw.pragma('temp_store=2');
const cpu=()=>{const u=process.cpuUsage();return (u.user+u.system)/1000};
const m=(n:string,f:()=>void)=>{const a=cpu(),w=performance.now();f();console.log(n.padEnd(60),(cpu()-a).toFixed(0),'cpu',(performance.now()-w).toFixed(0),'wall')};
m('cold read',()=>raw.prepare('select count(*) from messages where length(payload)>1 and reason is null').get());
m('warm read',()=>raw.prepare('select count(*) from messages where length(payload)>1 and reason is null').get());
m('hash',()=>{for (const p of raw.prepare('select payload from messages').pluck().iterate()) if (p) hash('sha256',p as Buffer,'hex')});
m('integrity',()=>raw.pragma('integrity_check'));
m('fk',()=>raw.pragma('foreign_key_check'));
m('counts',()=>raw.prepare('select (select count(*) from messages),(select count(*) from events),(select count(*) from tries)').get());
raw.exec('begin');
m('bench',()=>setUpWorkbench({raw,addressHash:(e)=>hash('sha256',e,'hex')}));
for (const p of PROOFS) { m(p.proof+' looked',()=>raw.prepare(p.looked.rows).all()); for (const r of p.rules) m('  '+r.says.slice(0,55),()=>raw.prepare(r.breaches).all()); }
