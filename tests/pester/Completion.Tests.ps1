BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Completion' {
    It 'offers <Offered> after: <Line>' -ForEach @(
        @{ Line = 'Start-CmEtl -MarkMode '; Offered = 'SinglePass', 'TwoPhase' }
        @{ Line = 'Start-CmEtl -Phase '; Offered = 'Chunked', 'Sequential' }
        @{ Line = 'Get-CmChunkPlan -Preview -Phase '; Offered = 'Chunked', 'Sequential' }
        @{ Line = 'Deploy-CmStateMachine -LoggingLevel '; Offered = 'ALL', 'ERROR', 'FATAL', 'OFF' }
        @{ Line = 'Get-CmEtlStatus -Det'; Offered = '-Detailed' }
        @{ Line = 'Reset-CmStuck'; Offered = 'Reset-CmStuckRows' }
    ) {
        Get-Completion $Line | Sort-Object | Should -Be $Offered
    }
}
