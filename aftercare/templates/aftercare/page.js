(function(){var l=document.getElementById("leave");if(!l)return;
function go(e){if(e&&e.preventDefault)e.preventDefault();document.body.innerHTML="";document.title="";window.location.replace(l.href)}
l.onclick=go;document.onkeydown=function(e){if(e.keyCode===27)go(e)};})();
