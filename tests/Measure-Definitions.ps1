<#
.SYNOPSIS
Measures how often Test-CmStateMachine is wrong about third-party definitions.

.DESCRIPTION
FOLDER/valid contains definitions that Step Functions accepts, and FOLDER/invalid those that it refuses, in any subfolders. Prints each file with a wrong result and its
findings, then the totals. Exits with 1 if the number of wrong results exceeds -Most.

.EXAMPLE
./cmetl ./tests/Measure-Definitions.ps1 /path/to/definitions
#>
param(
    [Parameter(Mandatory)] [string] $Folder,
    [int] $Most = 0
)

$ErrorActionPreference = 'Stop'
$counts = foreach ($verdict in 'valid', 'invalid') {
    $files = Get-ChildItem "$Folder/$verdict" -Recurse -File -Filter *.json
    $wrong = $files | Where-Object { (Test-CmStateMachine -LiteralPath $_.FullName -Quiet) -ne ($verdict -eq 'valid') }
    $wrong | ForEach-Object {
        [Console]::WriteLine("$verdict, but judged otherwise: $([IO.Path]::GetRelativePath($Folder, $_.FullName))")
        Test-CmStateMachine -LiteralPath $_.FullName | Where-Object Severity -eq Error | ForEach-Object { [Console]::WriteLine("    line $($_.Line), $($_.Path): $($_.Message)") }
    }
    [pscustomobject]@{ Verdict = $verdict; Files = @($files).Count; Wrong = @($wrong).Count }
}
$counts
if (($counts | Measure-Object Wrong -Sum).Sum -gt $Most) { exit 1 }
