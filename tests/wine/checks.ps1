# Functions that the scripts for Wine share; the bare engine has no Pester. An unexpected error ends its check.
$ErrorActionPreference = 'Stop'
$script:passed = 0
$script:failed = 0

# Runs a block and compares its output, joined by '|', with the expected text.
function Assert-That([string] $Name, [scriptblock] $Block, [string] $Expected) {
    try {
        $actual = @(& $Block) -join '|'
    }
    catch {
        $actual = "$($_.FullyQualifiedErrorId): $_"
    }

    if ($actual -ceq $Expected) {
        $script:passed++
        "ok - $Name"
    }
    else {
        $script:failed++
        "not ok - ${Name}: expected '$Expected', got '$actual'"
    }
}

# Returns the id, the code and the advice of the error with which a block ends.
function Get-Failure([scriptblock] $Block) {
    try {
        $null = & $Block
        'no error'
    }
    catch {
        @{
            Id = ($_.FullyQualifiedErrorId -split ',')[0]
            Code = '0x{0:X8}' -f $_.Exception.HResult
            Message = "$_"
            Advice = $_.ErrorDetails.RecommendedAction
        }
    }
}

# Without this line, a script that crashed would look like a script that passed.
function Complete-Check {
    "cmdlets: $script:passed passed, $script:failed failed"
}
