#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }

# Every command in README.md and docs/ does what its page says. Commands on AWS are run by the tests of the module (PageTests).
# For a single page: Invoke-Pester -Container (New-PesterContainer -Path tests/pester/Docs.Tests.ps1 -Data @{ Page = 'docs/tuning.md' })
param([string] $Page = '*')

BeforeDiscovery {
    Import-Module "$PSScriptRoot/docs/Pages.psm1" -Force
    $blocks = Get-DocBlock
    $pages = $blocks | Where-Object { -not $_.NotRun -and $_.Page -notin 'docs/aws.md', 'docs/first-run-on-aws.md' -and $_.Page -like $Page } | Group-Object Page |
        ForEach-Object { @{ Page = $_.Name; Blocks = @($_.Group) } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/docs/Pages.psm1" -Force
    . $PSScriptRoot/Common.ps1
    $sandbox = New-CmSandbox -Visits 8000 -Persist
    $line = (Get-Content "$($sandbox.Path)/pgpass") -split ':'
    $environment = @{
        PGHOST = $line[0]; PGPORT = $line[1]; PGUSER = $line[3]; PGPASSWORD = $line[4]; PGDATABASE = 'cm'
        POSTGRES_HOST = $line[0]; POSTGRES_PORT = $line[1]; POSTGRES_USER = $line[3]; POSTGRES_PASSWORD = $line[4]; POSTGRES_DATABASE = 'cm'
        CMETL_TARGET_CHUNK_SIZE = '400'
    }

    function New-PageDatabase {
        $Env:PGPASSWORD = $environment.PGPASSWORD
        "DROP DATABASE IF EXISTS cm (FORCE);", "CREATE DATABASE cm TEMPLATE $($sandbox.Connection.Database);" |
            psql -X -q -h $environment.PGHOST -p $environment.PGPORT -U $environment.PGUSER -d postgres -v ON_ERROR_STOP=1 2>&1 | Out-Null
        $LASTEXITCODE | Should -Be 0
        $Env:PGPASSWORD = $null
    }
}

AfterAll {
    $sandbox | Remove-CmSandbox -Confirm:$false
}

Describe '<Page>' -ForEach $pages {
    BeforeAll {
        New-PageDatabase
        Invoke-DocPage $Blocks $environment
    }

    It 'line <_.Line>: <_.Text[0]>' -ForEach $Blocks {
        $printed = $_.Printed -join "`n"
        $_.Ran | Should -BeTrue
        $_.Errors -gt 0 | Should -Be $_.Fails -Because $printed
        $shapes = @($_.Printed | ForEach-Object { Get-LineShape $_ })
        foreach ($line in $_.Shown | Where-Object { $_.Trim() -notin '', '...' }) {
            $shapes | Should -Contain (Get-LineShape $line) -Because "the page shows '$line', and the command printed:`n$printed`n"
        }
    }
}

Describe 'Blocks that do not run in a test' {
    It 'are few, and each says why' {
        $notRun = @(Get-DocBlock | Where-Object NotRun)
        # Most are on the pages about installing and scheduling, which change the machine, and about the first run on AWS, which needs an account.
        $notRun.Count | Should -BeLessOrEqual 17
        $notRun.NotRun | ForEach-Object { $_.Length | Should -BeGreaterThan 10 }
    }
}
