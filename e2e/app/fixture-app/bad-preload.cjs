import { contextBridge } from 'electron';
