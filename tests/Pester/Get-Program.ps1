# Command lines with the same effect on every system, in a container that has the programs of its host.

if ($env:OS -eq 'Windows_NT') {
    @{
        Sleep   = 'ping -n 1000 127.0.0.1'
        Work    = 'cmd /c "for /l %i in (1,1,2000000000) do @rem"'
        Copy    = 'findstr "^"'
        Sort    = 'sort'
        Name    = 'hostname'
        Exit0   = 'cmd /c exit 0'
        Exit3   = 'cmd /c exit 3'
        Both    = 'cmd /c "echo out& echo err>&2"'
        Mode    = 'cmd /c echo %MODE%'
        Folder  = 'cmd /c cd'
        Begin   = 'cmd /c "echo begun& ping -n 1000 127.0.0.1 >nul"'
    }
}
else {
    @{
        Sleep   = 'sleep 1000'
        Work    = 'sh -c "while :; do :; done"'
        Copy    = 'cat'
        Sort    = 'sort'
        Name    = 'hostname'
        Exit0   = 'sh -c "exit 0"'
        Exit3   = 'sh -c "exit 3"'
        Both    = 'sh -c "echo out; echo err >&2"'
        Mode    = 'sh -c "echo $MODE"'
        Folder  = 'sh -c pwd'
        Begin   = 'sh -c "echo begun; exec sleep 1000"'
    }
}
