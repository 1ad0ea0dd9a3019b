/** What categories are called and the pictures they have. */
import { categoryOf } from '@tongge/model'
import Accessibility from 'lucide-solid/icons/person-standing'
import BrickWall from 'lucide-solid/icons/construction'
import Car from 'lucide-solid/icons/car'
import CircleEllipsis from 'lucide-solid/icons/circle-ellipsis'
import Dog from 'lucide-solid/icons/dog'
import FileCheck from 'lucide-solid/icons/file-check'
import Flame from 'lucide-solid/icons/flame'
import HandHeart from 'lucide-solid/icons/hand-heart'
import Handshake from 'lucide-solid/icons/handshake'
import House from 'lucide-solid/icons/house'
import Leaf from 'lucide-solid/icons/leaf'
import Lift from 'lucide-solid/icons/arrow-up-down'
import PartyPopper from 'lucide-solid/icons/party-popper'
import Recycle from 'lucide-solid/icons/recycle'
import ShieldAlert from 'lucide-solid/icons/shield-alert'
import Siren from 'lucide-solid/icons/siren'
import Volume from 'lucide-solid/icons/volume-2'
import Wrench from 'lucide-solid/icons/wrench'
import type { Component } from 'solid-js'
import { nameOf } from '../../i18n/i18n.ts'
import { groupOf } from './category-groups.ts'

type Icon = Component<{ readonly size?: string | number; readonly 'aria-hidden'?: 'true'; readonly class?: string }>

const iconByCode: Readonly<Record<string, Icon>> = {
  emergency: Siren,
  'emergency.fire': Flame,
  'emergency.person': Accessibility,
  'emergency.lift': Lift,
  safety: ShieldAlert,
  'safety.building': BrickWall,
  facility: Wrench,
  environment: Leaf,
  'environment.waste': Recycle,
  'environment.dog': Dog,
  property: House,
  'property.parking': Car,
  service: FileCheck,
  'service.help': HandHeart,
  dispute: Handshake,
  'dispute.noise': Volume,
  culture: PartyPopper,
}

/** The icon of the category, or else of its group. */
export function iconOf(code: string): Icon {
  return iconByCode[code] ?? iconByCode[groupOf(code)] ?? CircleEllipsis
}

/** Reactive on the language; an unknown code names itself. */
export function categoryName(code: string): string {
  const category = categoryOf(code)
  return category ? nameOf(category) : code
}
