const button = document.querySelector('button');
button.addEventListener('pointerenter', () => window.bare.send({ type: 'prepare' }));
button.addEventListener('click', () => {
  performance.mark('bare:dial');
  window.bare.send({ type: 'dial' });
});
