; What Peal's installer for Windows does beside what electron-builder writes, which knows no link schemes there. Peal
; claims the links again at each start (main/link-openings.ts, main/system/built-in.ts).

!define PEAL_OPENS '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'

; A link that begins with peal: opens Peal from the moment it is installed.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\peal" "" "URL:Peal call"
  WriteRegStr SHELL_CONTEXT "Software\Classes\peal" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\peal\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\peal\shell\open\command" "" '${PEAL_OPENS}'
!macroend

; A scheme that leads to another program by now is that program's.
!macro pealForgets ROOT SCHEME
  ReadRegStr $R0 ${ROOT} "Software\Classes\${SCHEME}\shell\open\command" ""
  ${if} $R0 == '${PEAL_OPENS}'
    DeleteRegKey ${ROOT} "Software\Classes\${SCHEME}"
  ${endIf}
!macroend

; Nothing stays behind that would start a program that is gone. A newer version in the place of this one keeps it all.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    !insertmacro pealForgets SHELL_CONTEXT peal
    !insertmacro pealForgets HKCU peal
    !insertmacro pealForgets HKCU tel
    !insertmacro pealForgets HKCU callto
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${APP_ID}"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${APP_ID}"
  ${endIf}
!macroend
