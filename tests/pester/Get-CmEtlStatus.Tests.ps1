BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Get-CmEtlStatus' {
    It 'shows a run' {
        $status = Get-CmEtlStatus @db $run.RunId
        $status.State | Should -Be 'Completed'
        $status.ChunksDone | Should -Be $status.ChunksTotal
        $status.StartedAt | Should -BeOfType DateTimeOffset
        $status.Elapsed | Should -BeOfType TimeSpan
    }

    It 'has counts that add up' {
        $status = Get-CmEtlStatus @db $run.RunId
        $status.RowsConfirmed + $status.RowsUnconfirmed + $status.RowsDeferred | Should -Be $status.RowsPlanned
    }

    It 'lists the newest runs' {
        (Get-CmEtlStatus @db -Last 100).RunId | Should -Contain $run.RunId
        @(Get-CmEtlStatus @db -Last 1).Count | Should -Be 1
    }

    It 'shows the chunks of a run' {
        $chunks = Get-CmEtlStatus @db $run.RunId -Detailed
        $chunks.Count | Should -Be $run.ChunksTotal
        ($chunks | Measure-Object RowsConfirmed -Sum).Sum | Should -Be $run.RowsConfirmed
    }

    It 'takes the run from the pipeline' {
        ($run | Get-CmEtlStatus @db).RunId | Should -Be $run.RunId
    }

    It 'shows a run as a table' {
        $run | Get-CmEtlStatus @db | Out-String -Width 200 | Should -Match 'Rows/s'
    }

    It 'is the same in a file in every culture' -ForEach 'de-DE', 'fa-IR', 'ar-SA', 'sv-SE' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            $status = Get-CmEtlStatus @db $run.RunId
            $json = $status | ConvertTo-Json
            $csv = $status | ConvertTo-Csv
            $list = $status | Format-List | Out-String
            $rows = $status, $status | Measure-Object ElapsedSeconds -Sum
            $chunks = Get-CmEtlStatus @db $run.RunId -Detailed | ConvertTo-Csv
            $events = Get-CmEtlEvent @db $run.RunId | ConvertTo-Csv
        }
        finally { [cultureinfo]::CurrentCulture = $before }
        $json | Should -BeLike '*"State": "Completed"*'
        $json | Should -Match '"StartedAt": "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.0-9]*[+-]\d\d:\d\d"'
        $json | Should -Match '"WindowFrom": "\d{4}-\d\d-\d\d"'
        $json | Should -Match '"ElapsedSeconds": \d+\.\d+'
        $json | Should -Not -BeLike '*"Elapsed":*'
        ([regex]::Matches($json, '"\w+": [{[]')).Count | Should -Be 0
        $read = $csv | ConvertFrom-Csv
        $read.State | Should -Be Completed
        $read.StartedAt | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.0-9]*[+-]\d\d:\d\d$'
        [DateTimeOffset]::Parse($read.StartedAt, [cultureinfo]::InvariantCulture).ToUnixTimeMilliseconds() | Should -Be $run.StartedAt.ToUnixTimeMilliseconds()
        $read.WindowTo | Should -Match '^\d{4}-\d\d-\d\d$'
        [double] $read.ElapsedSeconds | Should -Be ([Math]::Round($run.ElapsedSeconds, 6))
        $list | Should -Match "StartedAt +: $($run.StartedAt.ToString('yyyy-MM-dd HH:mm:ss'))"
        $list | Should -Match 'Elapsed +: \d\d:\d\d:\d\d'
        $rows.Sum | Should -Be (2 * $run.ElapsedSeconds)
        ($chunks | ConvertFrom-Csv).FromDate | Should -Match '^\d{4}-\d\d-\d\d$'
        ($chunks | ConvertFrom-Csv).FinishedAt | Should -Match '^\d{4}-\d\d-\d\dT'
        ($events | ConvertFrom-Csv).At | Should -Match '^\d{4}-\d\d-\d\dT'
    }

    It 'has values that a script can compute with' {
        $status = Get-CmEtlStatus @db $run.RunId
        [Math]::Round($status.Elapsed.TotalSeconds, 6) | Should -Be $status.ElapsedSeconds
        $status.FinishedAt - $status.StartedAt | Should -BeGreaterThan ([TimeSpan]::Zero)
        $status | Where-Object State -EQ Completed | Should -Not -BeNullOrEmpty
        $status | Where-Object StartedAt -LT ([DateTimeOffset]::Now.AddDays(1)) | Should -Not -BeNullOrEmpty
        '{0:yyyy}' -f $status.StartedAt | Should -Be $status.StartedAt.Year
        "$status" | Should -Match "^$($run.RunId): Completed, [0-9,]+ of [0-9,]+ chunks, [0-9,]+ of [0-9,]+ rows confirmed$"
    }

    It 'cuts a long reason where the table ends' -ForEach 80, 120 {
        $status = Get-CmEtlStatus @db $run.RunId
        $status.Reason = 'a long reason ' * 20
        $lines = $status | Format-Table | Out-String -Width $_ -Stream | Where-Object { $_ }
        $lines.Count | Should -Be 3
        $lines[-1] | Should -Match 'Completed +(True|False).*a long reason a long reason.*…'
        $status | Format-List | Out-String -Width 400 | Should -BeLike "*$($status.Reason.Trim())*"
    }

    It 'reports that a service does not respond' {
        $execution = 'arn:aws:states:us-east-1:123456789012:execution:m:night'
        . $PSScriptRoot/AwsService.ps1
        { Get-CmEtlStatus -ExecutionArn $execution -EndpointUrl http://127.0.0.1:1 } | Assert-Failure ServiceUnreachable ConnectionError
    }
}
