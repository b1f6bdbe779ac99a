@{
    Severity     = @('Error', 'Warning', 'Information')
    ExcludeRules = @(
        # Scripts are UTF-8 without a mark, as PowerShell 7 reads them; only scripts for PowerShell 7 go beyond ASCII.
        'PSUseBOMForUnicodeEncodedFile'
        # These two do not look into the blocks of a Pester suite, where parameters and variables are used.
        'PSReviewUnusedParameter'
        'PSUseDeclaredVarsMoreThanAssignments'
    )
}
