const card = document.querySelector('main');

window.bare.listen(({ name }) => {
  card.hidden = name === null;
  document.querySelector('h1').textContent = name ?? '';
  if (name === null) return;
  requestAnimationFrame(() => requestAnimationFrame(() => window.bare.send({ type: 'painted' })));
});
