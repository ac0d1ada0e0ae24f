import './menu.css';
import { Check } from 'lucide-react';
import { ContextMenu as RadixContextMenu, DropdownMenu } from 'radix-ui';
import { createContext, useContext, type ReactElement, type ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

type Parts = Pick<
  typeof DropdownMenu,
  'Item' | 'CheckboxItem' | 'ItemIndicator' | 'Separator' | 'Label'
>;

/** The same entries stand in a menu under a button and in one under the pointer. */
const MenuParts = createContext<Parts>(DropdownMenu);

export interface MenuProps {
  /** A Button or an IconButton. */
  readonly trigger: ReactElement;
  /** `MenuItem`, `MenuCheck`, `MenuLine`, `MenuLabel`. */
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
  readonly testId?: string;
  readonly onOpenChange?: (open: boolean) => void;
}

/** A menu under a button. Not modal: a modal one would inject a style sheet, which the content policy refuses. */
export function Menu({ trigger, children, align = 'end', testId, onOpenChange }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align={align}
          sideOffset={6}
          collisionPadding={8}
          data-testid={testId}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export interface ContextMenuProps {
  /** What the menu is of: one element that takes a ref; opens on the right button and on the menu key. */
  readonly of: ReactElement;
  readonly children: ReactNode;
  readonly testId?: string;
  readonly onOpenChange?: (open: boolean) => void;
}

export function ContextMenu({ of, children, testId, onOpenChange }: ContextMenuProps) {
  return (
    <RadixContextMenu.Root modal={false} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <RadixContextMenu.Trigger asChild>{of}</RadixContextMenu.Trigger>
      <RadixContextMenu.Portal>
        <RadixContextMenu.Content className="menu" collisionPadding={8} data-testid={testId}>
          <MenuParts value={RadixContextMenu}>{children}</MenuParts>
        </RadixContextMenu.Content>
      </RadixContextMenu.Portal>
    </RadixContextMenu.Root>
  );
}

export interface MenuItemProps {
  readonly label: string;
  readonly icon?: ReactNode;
  /** `Ctrl+Shift+H` */
  readonly keys?: string;
  readonly danger?: boolean;
  /** Why it cannot be had now: stays readable, and does nothing. */
  readonly disabledBecause?: string | null;
  readonly testId?: string | undefined;
  readonly onSelect: () => void;
}

export function MenuItem(props: MenuItemProps) {
  const { label, icon, keys, danger = false, disabledBecause = null, testId, onSelect } = props;
  const { Item } = useContext(MenuParts);
  const off = disabledBecause !== null;
  return (
    <Item
      className={danger ? 'menu-item menu-danger' : 'menu-item'}
      data-testid={testId}
      aria-disabled={off || undefined}
      onSelect={(event) => (off ? event.preventDefault() : onSelect())}
    >
      {icon !== undefined && <span className="menu-icon">{icon}</span>}
      <span className="menu-words">
        {label}
        {off && <span className="menu-why">{disabledBecause}</span>}
      </span>
      {keys !== undefined && <Kbd keys={keys} />}
    </Item>
  );
}

export interface MenuCheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly testId?: string;
  /** The menu stays open: several are often changed at once. */
  readonly onChange: (checked: boolean) => void;
}

export function MenuCheck({ label, checked, testId, onChange }: MenuCheckProps) {
  const { CheckboxItem, ItemIndicator } = useContext(MenuParts);
  return (
    <CheckboxItem
      className="menu-item"
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      data-testid={testId}
    >
      <span className="menu-icon">
        <ItemIndicator>
          <Check size={13} strokeWidth={2.5} aria-hidden />
        </ItemIndicator>
      </span>
      <span className="menu-words">{label}</span>
    </CheckboxItem>
  );
}

export function MenuLine() {
  const { Separator } = useContext(MenuParts);
  return <Separator className="menu-line" />;
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  const { Label } = useContext(MenuParts);
  return <Label className="menu-label">{children}</Label>;
}
