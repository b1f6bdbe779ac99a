@{
    RootModule = 'HcsPowerShell.Shell.TestModule.dll'
    ModuleVersion = '1.0.0'
    FormatsToProcess = 'TestModule.Format.ps1xml'
    CmdletsToExport = '*'
    FunctionsToExport = @()
    AliasesToExport = @()
}
