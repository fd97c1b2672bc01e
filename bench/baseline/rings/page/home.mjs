const button = document.querySelector('button');
button.addEventListener('pointerenter', () => window.bare.send({ type: 'prepare' }));
button.addEventListener('click', () => window.bare.send({ type: 'dial' }));
