using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>Malformed settings files, and settings that would make the driver reveal too much.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class HostileSettingsTests(EngineServer server)
{
    [Fact]
    public void A_settings_file_is_refused_as_a_whole()
    {
        string[] files =
        [
            "", "\0", "\ufeff", "null", "7", "\"text\"", "[]", "{\"host\":\"\\ud800\"}", "{\"\\ud800\":1}", "{\"host\":{\"\\udc00\":1}}",
            string.Concat(Enumerable.Repeat("{\"a\":", 5_000)), $"{{\"host\":{new string('[', 5_000)}{new string(']', 5_000)}}}",
            $"{{\"{new string('k', 65_536)}\":1}}", $"{{\"host\":\"{new string('x', 65_536)}\"}}", "{\"host\":\"a\\u0000b\"}", "{\"${host}\":1}", "{\"../host\":1}",
            "{\"connection_string\":\"Host=h;Password=hush;Include Error Detail=true\"}", "{\"include_error_detail\":true}", "{\"log_parameters\":true}",
            "{\"options\":\"-c log_parameter_max_length=-1\"}", "{\"port\":1e999}", "{\"port\":[1]}", "{\"password\":{\"a\":\"hush\"}}", "{\"mark_mode\":1}",
            new string(' ', 2_000_000) + "{}",
        ];
        var path = Path.GetTempFileName();
        try
        {
            foreach (var text in files)
            {
                File.WriteAllText(path, text);
                var error = Assert.Throws<CmEtlException>(() => SettingsLoader.Load(null, path, Refusal.NoEnvironment));
                Refusal.AssertClear(text.Length > 60 ? text[..60] : text, error);
                Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(path);
        }

        foreach (var odd in HostileText.All.Values.Append("/dev/zero").Append("/proc/self/mem"))
        {
            Refusal.AssertClear(odd, Assert.Throws<CmEtlException>(() => SettingsLoader.Load(null, odd, Refusal.NoEnvironment)));
        }
    }

    [Theory]
    [InlineData("host")]
    [InlineData("database")]
    [InlineData("user")]
    [InlineData("password")]
    [InlineData("session_time_zone")]
    public async Task No_setting_switches_values_in_errors_or_in_logs_on(string name)
    {
        const string Smuggled = "x;Include Error Detail=true;Log Parameters=true;Persist Security Info=true;Options=-c log_parameter_max_length=-1";
        foreach (var text in (string[])[Smuggled, $"'{Smuggled}", $"\"{Smuggled}\""])
        {
            var settings = Refusal.Load(name, text) with { SslMode = "verify-full" };
            await using var database = new Database(settings with { Database = settings.Database + "d", User = settings.User + "u" });
            using var connection = database.CreateConnection();
            var seen = new NpgsqlConnectionStringBuilder(connection.ConnectionString);
            Assert.False(seen.IncludeErrorDetail || seen.LogParameters || seen.PersistSecurityInfo);
            Assert.Null(seen.Options);
            Assert.Null(seen.Password);
        }
    }

    [Fact]
    public async Task A_password_is_not_echoed()
    {
        await using var database = await server.CopyAsync();
        foreach (var (kind, text) in HostileText.All.Where(t => t.Value.Length > 3))
        {
            var error = await Refusal.OfAsync(kind, async () =>
            {
                await using var engine = new EtlEngine(Refusal.Over(database.Settings, Refusal.Load("password", text), "password"), database.Log);
                await engine.GetServerVersionAsync(default);
            });
            Assert.NotNull(error);
            Assert.DoesNotContain(text, error.ToString() + error.Remedy + error.Subject, StringComparison.Ordinal);
            Assert.DoesNotContain(database.Log.Lines, l => l.Contains(text, StringComparison.Ordinal));
        }
    }
}
