# What build.ps1 packs. The same sources give the same bytes: everything packed is of one date, in one order.

$time = [DateTimeOffset]::new(1980, 1, 1, 0, 0, 0, [TimeSpan]::Zero)

function Read-Manifest { Import-PowerShellDataFile "$output/CmEtl/CmEtl.psd1" }

# The module as a gallery wants it, with the tags that Find-PSResource looks for.
function New-Nupkg {
    $manifest = Read-Manifest
    $tags = @('PSModule', 'PSIncludes_Cmdlet') + $manifest.PrivateData.PSData.Tags + ($manifest.CmdletsToExport -replace '^', 'PSCmdlet_') +
        ($manifest.CmdletsToExport -replace '^', 'PSCommand_')
    $text = $manifest.Author, $manifest.CompanyName, $manifest.Description, $manifest.Copyright | ForEach-Object { [Security.SecurityElement]::Escape($_) }
    [IO.File]::WriteAllText("$output/CmEtl.nuspec", @"
<package>
  <metadata>
    <id>CmEtl</id> <version>$($manifest.ModuleVersion)</version> <authors>$($text[0])</authors> <owners>$($text[1])</owners>
    <description>$($text[2])</description> <copyright>$($text[3])</copyright> <tags>$tags</tags>
  </metadata>
  <files><file src="**" /></files>
</package>
"@)
    Invoke-Dotnet pack "$PSScriptRoot/../src/CmEtl.PowerShell" --no-build -o $output "-p:NuspecFile=$output/CmEtl.nuspec" "-p:NuspecBasePath=$output/CmEtl" `
        "-p:DeterministicTimestamp=$($time.ToUnixTimeSeconds())" '-p:NoPackageAnalysis=true'
    "$output/CmEtl.$($manifest.ModuleVersion).nupkg"
}

# The same for those who have no gallery.
function New-ModuleZip {
    $zip = "$output/CmEtl-$((Read-Manifest).ModuleVersion).zip"
    $files = [IO.Directory]::GetFiles("$output/CmEtl", '*', 'AllDirectories')
    [Array]::Sort($files, [StringComparer]::Ordinal)
    [IO.File]::Delete($zip)
    $archive = [IO.Compression.ZipFile]::Open($zip, 'Create')
    foreach ($file in $files) {
        $entry = $archive.CreateEntry([IO.Path]::GetRelativePath($output, $file).Replace('\', '/'))
        $entry.LastWriteTime = $time
        $stream = $entry.Open()
        $stream.Write([IO.File]::ReadAllBytes($file))
        $stream.Dispose()
    }
    $archive.Dispose()
    $zip
}

# One line per file, as sha256sum writes and checks them.
function New-Checksum([string[]] $Files) {
    $path = "$output/CmEtl-$((Read-Manifest).ModuleVersion).sha256"
    $lines = $Files | ForEach-Object {
        "$((Get-FileHash $_ -Algorithm SHA256).Hash.ToLowerInvariant())  $(Split-Path $_ -Leaf)`n"
    }
    [IO.File]::WriteAllText($path, -join $lines)
    $path
}

# Unpacks a package as a user gets it. Returns the manifest's path.
function Expand-Nupkg([string] $Nupkg) {
    $folder = "$output/package-test/CmEtl"
    if (Test-Path $folder) { Remove-Item $folder -Recurse -Force }
    [IO.Compression.ZipFile]::ExtractToDirectory($Nupkg, $folder)
    "$folder/CmEtl.psd1"
}
