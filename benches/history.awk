# Writes the history of an invented old system as CSV (contract §2): the same rows for the same
# settings, on every awk, since it has its own random numbers and its own calendar.
#
#   LC_ALL=C awk -v tickets=1000000 -v first=2017-01-01 -v days=3650 -f history.awk words.txt
#
# Shares solved within an hour, two hours, a day, three days, a week are near those that such an
# organisation publishes; nine of ten arrive on weekdays in office hours; about one in 250 is open
# still, and a quarter of those of the last fortnight.

function random(limit) { # 0 … limit - 1; Park and Miller's generator fits into a double
  seed = (seed * 16807) % 2147483647
  return seed % limit
}

function instant(seconds,   day, z, era, doe, yoe, doy, mp, d, m, y, rest) { # RFC 3339 in UTC
  day = int(seconds / 86400); rest = seconds % 86400
  z = day + 719468; era = int(z / 146097); doe = z - era * 146097
  yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
  doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100))
  mp = int((5 * doy + 2) / 153); d = doy - int((153 * mp + 2) / 5) + 1
  m = mp < 10 ? mp + 3 : mp - 9; y = yoe + era * 400 + (m <= 2)
  return sprintf("%04d-%02d-%02dT%02d:%02d:%02dZ", y, m, d, int(rest / 3600), int(rest / 60) % 60, rest % 60)
}

function day_number(date,   part, y, m, era, yoe, doy) { # days since 1970-01-01
  split(date, part, "-"); y = part[1] + 0; m = part[2] + 0
  if (m <= 2) y--
  era = int(y / 400); yoe = y - era * 400
  doy = int((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + part[3] - 1
  return era * 146097 + yoe * 365 + int(yoe / 4) - int(yoe / 100) + doy - 719468
}

function text(count,   line, i) {
  line = word[random(words)]
  for (i = 1; i < count; i++) line = line " " word[random(words)]
  return line
}

function solved_after(   share) { # seconds
  share = random(1000)
  if (share < 490) return 60 + random(3541)
  if (share < 560) return 3601 + random(3600)
  if (share < 710) return 7201 + random(79200)
  if (share < 820) return 86401 + random(172800)
  if (share < 910) return 259201 + random(345600)
  return 604801 + random(5184000)
}

{ word[words++] = $0 }

END {
  seed = 20261120
  organisations = split("Norrby kommun,Sjövik kommun,Granhult kommun,Ekeby kommun,Lindvalla kommun,Älvsta kommun,Norrby Bostäder AB,Sjöviks Energi AB,Räddningsförbundet Öst", organisation, ",")
  split("anna,erik,sara,omar,maria,johan,fatima,lars,eva,ali,karin,mikael,lena,petra,nils,ingrid,yusuf,malin", given, ",")
  split("ek,berg,lind,norling,hassan,wallin,strand,lund,ahmadi,sjogren,dahl,falk,holm,nyberg,akerman,oberg", family, ",")
  split("email,phone,phone,phone,portal,portal,portal,portal,other,api", channel, ",")
  split("Inloggning,Utskrift,E-post,Nätverk,Telefoni,Verksamhetssystem,Dator,Behörighet,Mobil enhet,Övrigt", category, ",")
  split("Digital arbetsplats,Utskrift,E-post,Nätverk,Lagring,Fjärråtkomst,Telefoni,Verksamhetssystem", service, ",")
  split("1,1,1,1,1,1,1,2,2,3", line, ",")
  start = day_number(first)
  end = (start + days) * 86400
  print "externalId,kind,organisation,requesterEmail,subject,description,channel,category,impact,urgency,openedAt,resolvedAt,closedAt,resolvedByLine,service"
  for (i = 0; i < tickets; i++) {
    day = start + int(i * days / tickets)
    # 1970-01-01 was a Thursday; nine of ten that fall on a weekend come on the Monday after.
    weekday = (day + 3) % 7
    if (weekday > 4 && random(10) > 0 && day + 7 - weekday < start + days) day += 7 - weekday
    opened = day * 86400 + (random(10) > 0 ? 21600 + random(30600) : random(86400))
    if (opened >= end) opened = end - 1 - random(3600)
    resolved = opened + solved_after()
    is_open = (resolved >= end) || random(250) == 0 || (opened > end - 1209600 && random(4) == 0)
    is_closed = !is_open && (resolved + 432000 < end)
    who = random(7000)
    body = text(8 + random(48))
    if (random(40) == 0) body = "\"" body ".\n\"\"Går inte att starta\"\" " text(6) "\""
    printf "OLD-%d,%s,%s,%s.%s%d@example.se,%s,%s,%s,%s,%d,%d,%s,%s,%s,%s,%s\n", \
      i + 1, random(10) < 7 ? "incident" : "request", organisation[1 + who % organisations], \
      given[1 + who % 18], family[1 + int(who / 18) % 16], who, \
      text(3 + random(5)), body, channel[1 + random(10)], category[1 + random(10)], \
      1 + (random(10) > 0) + (random(10) > 3), 1 + (random(10) > 0) + (random(10) > 3), instant(opened), \
      is_open ? "" : instant(resolved), \
      is_closed ? instant(resolved + 432000) : "", \
      is_open ? "" : line[1 + random(10)], service[1 + random(8)]
  }
}
