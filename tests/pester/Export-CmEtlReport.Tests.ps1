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
}
