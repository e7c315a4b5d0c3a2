for(const f of document.querySelectorAll('form[data-signup]')){try{f.timezone.value||=Intl.DateTimeFormat().resolvedOptions().timeZone||''}catch{}f.referrer.value||=document.referrer}
{const[,p,h]=/^(?:https?:\/\/|(android-app:\/\/))([^/]+)/.exec(document.referrer)??[];if(h&&h!==location.host&&document.querySelector('link[rel=canonical]'))for(const a of document.links)if(a.host===location.host&&!a.hash&&!/\.\w+$/.test(a.pathname)&&!/[?&]ref=/.test(a.search))a.search+=(a.search?'&':'?')+'ref='+(p??'')+h}
addEventListener('load',()=>document.querySelector('main [autofocus]')?.focus())
