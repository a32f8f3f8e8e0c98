BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Export-CmEtlReport' {
    It 'writes one page of a run' {
        $file = Export-CmEtlReport @db "$TestDrive/report.html" $run.RunId -PassThru
        $file | Should -BeOfType IO.FileInfo
        Get-Content -Raw $file | Should -Match ([regex]::Escape($run.RunId))
    }

    It 'needs no network' {
        Export-CmEtlReport @db "$TestDrive/alone.html" $run.RunId
        Get-Content -Raw "$TestDrive/alone.html" | Should -Not -Match '<script|(src|href)="(?!data:|#)|url\((?!data:|#)'
    }

    It 'takes runs from the pipeline, each into its file' {
        $run | Export-CmEtlReport @db -Path { "$TestDrive/$($_.RunId).html" }
        "$TestDrive/$($run.RunId).html" | Should -Exist
    }

    It 'writes nothing with -WhatIf' {
        Export-CmEtlReport @db "$TestDrive/none.html" $run.RunId -WhatIf
        "$TestDrive/none.html" | Should -Not -Exist
    }

    It 'keeps a file with -NoClobber' {
        Set-Content "$TestDrive/kept.html" kept
        { Export-CmEtlReport @db "$TestDrive/kept.html" $run.RunId -NoClobber } | Assert-Failure FileExists InvalidArgument
        Get-Content "$TestDrive/kept.html" | Should -Be kept
    }

    It 'reports a run that does not exist' {
        { Export-CmEtlReport @db "$TestDrive/x.html" nope } | Assert-Failure RunNotFound InvalidResult -Target nope
    }
}
