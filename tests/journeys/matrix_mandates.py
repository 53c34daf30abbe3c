"""The doors of filing for enterprises under mandates; the volunteer holds one of enterprise A."""

MANDATES = """
acting:answer                         l nn nn nnnnnnnn nnnm   l nn nn nnnnnnnn nnnn
acting:ask                            l mm mm mmmmmmmm mmmm   l nn nn ffffffff ffnc
acting:detail                         l nn nn nnnnnnnn nnno   l nn nn nnnnnnnn nnnm
acting:lay_down                       l nn nn ffffffff ffno   l nn nn ffffffff ffnr
acting:list                           l oo oo ffffffff ffoo   l mm mm mmmmmmmm mmmm
acting:mandate                        l nn nn ffffffff ffno   l mm mm mmmmmmmm mmmm
acting:message                        l nn nn nnnnnnnn nnnm   l nn nn nnnnnnnn nnnu
acting:new                            l oo oo ffffffff ffoo   l uu uu ffffffff ffuu
acting:print                          l nn nn nnnnnnnn nnno   l nn nn nnnnnnnn nnnm
acting:request                        l nn nn ffffffff ffno   l nn nn ffffffff ffnu
acting:upload                         l nn nn nnnnnnnn nnnm   l nn nn nnnnnnnn nnnu
cases:filed_by                        l oo nn nnnnnnnn nnnn   l rr nn nnnnnnnn nnnn
mandates:confirm                      l mm mm mmmmmmmm mmmm   l uu nn nnnnnnnn nnnn
mandates:link                         n nn nn nnnnnnnn nnnn   m mm mm mmmmmmmm mmmm
mandates:link_confirm                 m mm mm mmmmmmmm mmmm   c cc cc cccccccc cccc
mandates:link_paper                   n nn nn nnnnnnnn nnnn   m mm mm mmmmmmmm mmmm
mandates:link_refuse                  m mm mm mmmmmmmm mmmm   c cc cc cccccccc cccc
mandates:link_withdraw                m mm mm mmmmmmmm mmmm   c cc cc cccccccc cccc
mandates:list                         l oo oo oooooooo oooo   l mm mm mmmmmmmm mmmm
mandates:refuse                       l mm mm mmmmmmmm mmmm   l rr nn nnnnnnnn nnnn
mandates:show                         l oo nn nnnnnnnn nnnn   l mm mm mmmmmmmm mmmm
mandates:withdraw                     l mm mm mmmmmmmm mmmm   l rr nn nnnnnnnn nnnn
track:filed_by                        n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
"""
