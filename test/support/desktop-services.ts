/**
 * The desktop's side of tray and notifications, on a session bus: who registers an icon, what is notified, and
 * the clicks of a user. Nothing is mocked in the app: it speaks D-Bus as on any Linux desktop.
 */
import {
  interface as dbusInterface,
  Message,
  sessionBus,
  Variant,
  type MessageBus,
} from 'dbus-next';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const NOTIFICATIONS = 'org.freedesktop.Notifications';
const ITEM_PATH = '/StatusNotifierItem';

export interface Notified {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  readonly actions: readonly string[];
}

export interface DesktopServices {
  /** Bus names of the tray icons that were registered. */
  readonly trayItems: readonly string[];
  readonly notified: readonly Notified[];
  /** A property of the tray icon, for instance its tooltip. */
  trayProperty(item: string, property: string): Promise<unknown>;
  /** Labels of the tray icon's menu with their ids. */
  trayMenu(item: string): Promise<readonly { readonly id: number; readonly label: string }[]>;
  clickTrayMenu(item: string, id: number): Promise<void>;
  /** A click on the notification itself. */
  clickNotification(id: number): void;
  close(): void;
}

class Watcher extends dbusInterface.Interface {
  readonly items: string[] = [];
  RegisterStatusNotifierItem(service: string): void {
    this.items.push(service);
  }
  RegisterStatusNotifierHost(): void {}
  get RegisteredStatusNotifierItems(): string[] {
    return this.items;
  }
  get IsStatusNotifierHostRegistered(): boolean {
    return true;
  }
  get ProtocolVersion(): number {
    return 0;
  }
}

Watcher.configureMembers({
  properties: {
    RegisteredStatusNotifierItems: { signature: 'as', access: dbusInterface.ACCESS_READ },
    IsStatusNotifierHostRegistered: { signature: 'b', access: dbusInterface.ACCESS_READ },
    ProtocolVersion: { signature: 'i', access: dbusInterface.ACCESS_READ },
  },
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's', outSignature: '' },
    RegisterStatusNotifierHost: { inSignature: 's', outSignature: '' },
  },
});

class Notifications extends dbusInterface.Interface {
  readonly notified: Notified[] = [];
  GetCapabilities(): string[] {
    return ['actions', 'body'];
  }
  GetServerInformation(): string[] {
    return ['test desktop', 'Keel', '1', '1.2'];
  }
  Notify(
    _app: string,
    replaces: number,
    _icon: string,
    title: string,
    body: string,
    actions: string[],
  ): number {
    const id = replaces === 0 ? this.notified.length + 1 : replaces;
    this.notified.push({ id, title, body, actions });
    return id;
  }
  CloseNotification(): void {}
  ActionInvoked(id: number, action: string): [number, string] {
    return [id, action];
  }
}

Notifications.configureMembers({
  methods: {
    GetCapabilities: { inSignature: '', outSignature: 'as' },
    GetServerInformation: { inSignature: '', outSignature: 'ssss' },
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u', outSignature: '' },
  },
  signals: { ActionInvoked: { signature: 'us' } },
});

/** Owns both names on the bus. */
export async function startDesktopServices(busAddress: string): Promise<DesktopServices> {
  const bus = sessionBus({ busAddress });
  const watcher = new Watcher(WATCHER);
  const notifications = new Notifications(NOTIFICATIONS);
  bus.export('/StatusNotifierWatcher', watcher);
  bus.export('/org/freedesktop/Notifications', notifications);
  await bus.requestName(WATCHER, 0);
  await bus.requestName(NOTIFICATIONS, 0);
  return {
    trayItems: watcher.items,
    notified: notifications.notified,
    trayProperty: (item, property) => readProperty(bus, item, property),
    trayMenu: (item) => readMenu(bus, item),
    clickTrayMenu: (item, id) => clickMenu(bus, item, id),
    clickNotification: (id) => void notifications.ActionInvoked(id, 'default'),
    close: () => bus.disconnect(),
  };
}

/** The item may register as `:1.5`, `:1.5/StatusNotifierItem` or a path alone. */
function destinationOf(item: string): string {
  return item.split('/')[0] ?? item;
}

async function call(
  bus: MessageBus,
  item: string,
  path: string,
  iface: string,
  member: string,
  signature: string,
  body: unknown[],
): Promise<unknown[]> {
  const reply = await bus.call(
    new Message({
      destination: destinationOf(item),
      path,
      interface: iface,
      member,
      signature,
      body,
    }),
  );
  return (reply?.body ?? []) as unknown[];
}

async function readProperty(bus: MessageBus, item: string, property: string): Promise<unknown> {
  const [value] = await call(bus, item, ITEM_PATH, 'org.freedesktop.DBus.Properties', 'Get', 'ss', [
    'org.kde.StatusNotifierItem',
    property,
  ]);
  return value instanceof Variant ? value.value : value;
}

type MenuNode = [number, Record<string, Variant>, Variant[]];

async function menuPath(bus: MessageBus, item: string): Promise<string> {
  return (await readProperty(bus, item, 'Menu')) as string;
}

async function readMenu(bus: MessageBus, item: string) {
  const path = await menuPath(bus, item);
  const body = await call(bus, item, path, 'com.canonical.dbusmenu', 'GetLayout', 'iias', [
    0,
    -1,
    [],
  ]);
  const [, , children] = body[1] as MenuNode;
  return children.map((child) => {
    const [id, properties] = child.value as MenuNode;
    return { id, label: String(properties['label']?.value ?? '') };
  });
}

async function clickMenu(bus: MessageBus, item: string, id: number): Promise<void> {
  const path = await menuPath(bus, item);
  const nothing = new Variant('s', '');
  const event = [id, 'clicked', nothing, 0];
  await call(bus, item, path, 'com.canonical.dbusmenu', 'Event', 'isvu', event);
}
