BeforeAll {
    . $PSScriptRoot/Common.ps1
    Set-Content "$TestDrive/good.asl.json" '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }'
    Set-Content "$TestDrive/bad.asl.json" "{ `"StartAt`": `"A`", `"States`": {`n`"A`": { `"Type`": `"Pass`" } } }"
}

Describe 'Test-CmStateMachine' {
    It 'has no finding for a valid file' {
        Test-CmStateMachine "$TestDrive/good.asl.json" | Should -BeNullOrEmpty
        Test-CmStateMachine "$TestDrive/good.asl.json" -Quiet | Should -BeTrue
    }

    It 'names file, line and path' {
        $finding = Get-ChildItem $TestDrive -Filter bad.asl.json | Test-CmStateMachine
        $finding.Rule | Should -Be MissingTransition
        $finding.File | Should -Be (Get-Item "$TestDrive/bad.asl.json").FullName
        $finding.Line, $finding.Path, $finding.State | Should -Be 2, '$.States.A', 'A'
        "$($finding.Severity)" | Should -Be Error
    }

    It 'takes wildcards, and exact paths that look like them' {
        Test-CmStateMachine "$TestDrive/*.asl.json" -Quiet | Sort-Object | Should -Be $false, $true
        Copy-Item "$TestDrive/good.asl.json" "$TestDrive/a[1].json"
        Test-CmStateMachine -LiteralPath "$TestDrive/a[1].json" -Quiet | Should -BeTrue
    }

    It "knows the pipeline's own definitions by name" {
        $findings = Test-CmStateMachine etl_pipeline.json, etl_pipeline_phase2_chunked.json, etl_pipeline_phase2_distributed.json
        $findings.Rule | Should -Be Placeholder, Placeholder, Placeholder
        Test-CmStateMachine etl_pipeline_phase2_ready.json -Quiet | Should -BeTrue
    }

    It 'continues after a file that cannot be read' {
        $quiet = Test-CmStateMachine "$TestDrive/none.json", "$TestDrive/good.asl.json" -Quiet -ErrorVariable failures -ErrorAction SilentlyContinue
        $quiet | Should -BeTrue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidDefinition,CmEtl.PowerShell.*'
        { Test-CmStateMachine "$TestDrive/none.json" -ErrorAction Stop } | Assert-Failure InvalidDefinition InvalidArgument
    }
}
