import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { createHashRouter, RouterProvider } from 'react-router'
import { useApiSchemas } from '../api/schemas'
import { useActor } from '../api/session'
import { Loading } from '../components/Loading'
import { hasChosenLanguage, isLanguage } from '../i18n/languages'
import { changeLanguage } from '../i18n/setup'
import { useLanguage } from '../i18n/words'
import { openPages } from '../routes/access'
import { routesOf } from '../routes/routes'
import { PAGES } from '../routes/table'
import { loadCatalogue } from '../words'
import { Shell } from './Shell'

/** The console of a person who is signed in: the pages their permissions open, inside the shell. */
export default function Workplace() {
  const language = useLanguage()
  const schemas = useApiSchemas()
  const { permissions, locale, kind } = useActor()
  const { data: hasWords } = useQuery({
    queryKey: ['catalogue', language],
    queryFn: () => loadCatalogue(language).then(() => true),
    staleTime: Infinity,
  })
  useEffect(() => {
    if (!hasChosenLanguage() && isLanguage(locale)) void changeLanguage(locale)
  }, [locale])
  useEffect(() => {
    if (kind === 'dealer') window.location.replace('h5.html#/dealer')
  }, [kind])
  const pages = useMemo(() => (schemas ? openPages(PAGES, schemas, permissions) : null), [schemas, permissions])
  const router = useMemo(() => pages && createHashRouter(routesOf(pages, <Shell pages={pages} />)), [pages])
  if (!router || !hasWords || kind === 'dealer') return <Loading />
  return <RouterProvider router={router} />
}
