# Runs the blocks of one page one after the other as a reader would, with markers around their output. See Invoke-DocPage.
param([string] $File)

Set-Location "$PSScriptRoot/../../.."
$PSStyle.OutputRendering = 'PlainText'
$ProgressPreference = 'SilentlyContinue'
# The reader confirms every prompt.
$ConfirmPreference = 'None'
Import-Module ($Env:CMETL_MODULE ? $Env:CMETL_MODULE : "$PWD/output/CmEtl")
. "$PSScriptRoot/Situations.ps1"

# The prompt for a password: without a user name it returns the sandbox's own credential; any other role is given the same password.
function Get-Credential([string] $UserName) {
    if ($UserName) { Invoke-Sql "ALTER ROLE $UserName PASSWORD '$Env:PGPASSWORD'" }
    [pscredential]::new(($UserName ? $UserName : $Env:PGUSER), (ConvertTo-SecureString $Env:PGPASSWORD -AsPlainText -Force))
}

function Invoke-Sql([string] $Text) {
    $Text | psql -X -q -v ON_ERROR_STOP=1 2>&1 | Out-Null
    if ($LASTEXITCODE) { throw "psql: $Text" }
}

function Invoke-Block($__block) {
    switch ($__block.Language) {
        'bash' { bash -euo pipefail -c $__block.Text 2>&1 | ForEach-Object { "$_" -split "`r" }; if ($LASTEXITCODE) { throw "bash: exit code $LASTEXITCODE" } }
        'sql' { $__block.Text | psql -X -v ON_ERROR_STOP=1 2>&1 | ForEach-Object { "$_" }; if ($LASTEXITCODE) { throw "psql: exit code $LASTEXITCODE" } }
    }
}

$__seen = @{}
foreach ($__block in Get-Content -Raw $File | ConvertFrom-Json) {
    $__place = "$($__block.Page)#$($__block.Heading)"
    $__number = ++$__seen[$__place]
    if ($Situations["$__place@$__number"]) { $null = . $Situations["$__place@$__number"] }
    $__output = [Collections.Generic.List[object]]::new()
    "@@ begin $($__block.Line)"
    try {
        . { if ($__block.Language -eq 'powershell') { . ([scriptblock]::Create($__block.Text.Replace('db.example.org', '127.0.0.1'))) } else { Invoke-Block $__block } } 2>&1 3>&1 |
            ForEach-Object { $__output.Add(($_ -is [Management.Automation.WarningRecord] ? "WARNING: $_" : $_)) }
    }
    catch { $__output.Add($_) }
    $__output | Out-String -Stream -Width 165
    "@@ end $(@($__output | Where-Object { $_ -is [Management.Automation.ErrorRecord] }).Count)"
}
. $Situations['end']
