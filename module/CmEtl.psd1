@{
    RootModule           = 'CmEtl.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '0f9b2c64-5a3e-4b7d-9c18-6de2a7f4b310'
    Author               = 'CmEtl'
    CompanyName          = 'CmEtl'
    Copyright            = '(c) CmEtl'
    Description          = 'Recomputes conflict pairs of home-care visits in PostgreSQL in chunks. Runs can be killed, repeated and resumed safely.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @(
        'CmEtl.Format.ps1xml', 'CmEtl.Runs.Format.ps1xml', 'CmEtl.Database.Format.ps1xml', 'CmEtl.Aws.Format.ps1xml', 'CmEtl.Executions.Format.ps1xml'
    )
    CmdletsToExport      = @(
        'Approve-CmEtlRun'
        'Clear-CmEtlHistory'
        'Compare-CmEtlRun'
        'Connect-CmDatabase'
        'Deploy-CmStateMachine'
        'Disconnect-CmDatabase'
        'Export-CmEtlReport'
        'Export-CmIamPolicy'
        'Export-CmTemplate'
        'Get-CmChunkPlan'
        'Get-CmEtlCost'
        'Get-CmEtlEvent'
        'Get-CmEtlStatus'
        'Grant-CmEtlRole'
        'Initialize-CmEtlDatabase'
        'Invoke-CmChunk'
        'New-CmSandbox'
        'Publish-CmLambda'
        'Remove-CmSandbox'
        'Reset-CmStuckRows'
        'Resume-CmEtl'
        'Set-CmEtlRun'
        'Start-CmEtl'
        'Stop-CmEtl'
        'Suspend-CmEtl'
        'Test-CmEtlConfig'
        'Test-CmStateMachine'
        'Wait-CmEtl'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    # No ProjectUri, LicenseUri and HelpInfoUri: the project has no public address. LICENSE, CHANGELOG.md and the help are in the package.
    PrivateData          = @{ PSData = @{
            Tags         = @('PostgreSQL', 'ETL', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'CHANGELOG.md in the package lists the changes.'
        } }
}
