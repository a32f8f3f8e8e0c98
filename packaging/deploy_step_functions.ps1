<#
.SYNOPSIS
Deploys the state machine. This is the documented deployment script. It calls Deploy-CmStateMachine, which has more parameters.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $LambdaFunctionArn,
    [Parameter(Mandatory)] [string] $RoleArn,
    [string] $StateMachineName = 'cm-etl-pipeline-state-machine',
    [string] $DefinitionFile = 'step_functions/etl_pipeline.json'
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module CmEtl)) { Import-Module "$PSScriptRoot/CmEtl/CmEtl.psd1" }
Deploy-CmStateMachine @PSBoundParameters
