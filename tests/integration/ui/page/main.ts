import { createApp } from 'vue';
import '../../../../renderer/ui/base.css';
import PrimitivesPage from './PrimitivesPage.vue';

createApp(PrimitivesPage).mount('#app');
