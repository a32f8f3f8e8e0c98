<#
.SYNOPSIS
Measures how often Test-CmStateMachine is wrong about definitions of others.

.DESCRIPTION
FOLDER/valid holds definitions that Step Functions accepts, FOLDER/invalid those that it refuses, in any subfolders. Prints each file that is judged wrongly with the
findings, then the counts. Exits with 1 when more files are judged wrongly than -Most allows.

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
