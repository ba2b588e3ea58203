package notice_test

import (
	"fmt"

	"cspcoop/schedule/notice"
)

// Settings are checked before there is anything to send.
func ExampleMail_Check() {
	s := notice.Mail{
		Host: "smtp.northwind.example", Security: notice.Plain, User: "batch",
		From: "cspcoop@northwind.example", To: []string{"finance@northwind.example"},
	}
	fmt.Println(s.Check())
	s.Security = notice.StartTLS
	fmt.Println(s.Check())
	// Output:
	// tls = "none" would send the password in the clear; use "starttls" or "tls"
	// <nil>
}
