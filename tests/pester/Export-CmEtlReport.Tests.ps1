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
}
