namespace CmEtl.Engine.Tests.Engine;

/// <summary>Hostile and unusual texts.</summary>
public static class HostileText
{
    /// <summary>By name, so that a failing one can be identified.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["double quote"] = "a\"b", ["single quote"] = "a'b", ["backslash"] = "a\\", ["NUL"] = "a\0b", ["newline"] = "a\nb", ["CRLF"] = "a\r\nSet-Cookie: b",
        ["escape"] = "\u001b[2J", ["look-alike"] = "сonflict", ["fullwidth"] = "ｃｏｎｆｌｉｃｔ", ["right to left"] = "a\u202Eb", ["zero width"] = "a\u200Bb",
        ["half a pair"] = "a\ud800b", ["emoji"] = "😀", ["64 KiB"] = new string('x', 65_536), ["64 KiB of quotes"] = new string('"', 65_536),
        ["deep JSON"] = new string('[', 2_000), ["path"] = "../../../etc/passwd", ["absolute path"] = "/etc/passwd", ["SQL"] = "x'; DROP TABLE conflict.conflictvisitmaps; --",
        ["SQL identifier"] = "x\"; DROP TABLE conflict.conflictvisitmaps; --", ["connection string"] = "x;Include Error Detail=true;Log Parameters=true",
        ["libpq options"] = "x -c log_parameter_max_length=-1", ["URI"] = "postgresql://x:y@z/w", ["placeholder"] = "${LambdaFunctionArn}", ["context"] = "$$.Execution.Name",
        ["dollar quote"] = "$$ DO $$", ["command"] = "$(touch /tmp/cmetl-hostile)", ["dash"] = "-rf", ["option"] = "--help", ["format"] = "{0}%s%n", ["psql variable"] = ":'x'",
        ["empty"] = "", ["blank"] = " ", ["comma"] = "a,b", ["wildcard"] = "*",
    };
}
