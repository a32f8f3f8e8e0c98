BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Get-CmEtlCost' {
    It 'has a line for each definition, which adds up' {
        $costs = Get-CmEtlCost -Chunks 40 -SecondsPerChunk 30
        $costs.DefinitionFile | Should -Be 'etl_pipeline.json', 'etl_pipeline_phase2_chunked.json', 'etl_pipeline_phase2_distributed.json'
        $costs | ForEach-Object { $_.Lambda + $_.StepFunctions + $_.Logs + $_.S3 + $_.Network | Should -Be $_.Total }
        Get-CmEtlCost -Chunks 30 -SecondsPerChunk 360 -MemorySize 2048 | ForEach-Object { [Math]::Round($_.Total, 2) | Should -Be 0.36 }
    }

    It 'grows with memory as Lambda does' {
        $small, $large = 1024, 2048 | ForEach-Object { Get-CmEtlCost 10 60 -MemorySize $_ | Select-Object -First 1 }
        $large.GigabyteSeconds | Should -Be (2 * $small.GigabyteSeconds)
    }

    It 'takes other prices' {
        $free = Get-CmEtlCost 10 60 -PricePerGigabyteSecond 0 -PricePerRequest 0 -PricePerTransition 1 -LogKilobytesPerCall 0
        $free[0..1] | ForEach-Object { $_.Total | Should -Be $_.Transitions }
        $time = @{ PricePerGigabyteSecond = 1; PricePerRequest = 0; PricePerTransition = 0; PricePerLogGigabyte = 0 }
        (Get-CmEtlCost 1 36 -MemorySize 2048 @time)[0].Total | Should -Be 72
    }

    It 'takes a plan from the pipeline' {
        $db = Get-Connection
        $costs = @(Get-Run | Get-CmChunkPlan @db -Summary | Get-CmEtlCost)
        $costs.Count | Should -Be 3
        $costs | ForEach-Object { $_.Total | Should -BeGreaterThan 0 }
    }

    It 'refuses a negative number of chunks' {
        { Get-CmEtlCost -Chunks -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,CmEtl.PowerShell.GetCmEtlCostCommand'
    }
}
